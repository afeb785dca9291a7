/// Whether all that is kept fits together: rows with themselves, rows with objects, and objects with rows.
package dev.halftone.domain.audit;
