/// The CSV as products and images: columns, cells and rows from an upload, and the same rows back with results.
@NullMarked
package dev.halftone.adapters.csv;

import org.jspecify.annotations.NullMarked;
