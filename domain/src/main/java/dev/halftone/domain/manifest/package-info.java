/// The CSV: what is read from it and what is written back.
package dev.halftone.domain.manifest;
