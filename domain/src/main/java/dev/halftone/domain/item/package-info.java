/// One image of one row: the unit of work.
package dev.halftone.domain.item;
