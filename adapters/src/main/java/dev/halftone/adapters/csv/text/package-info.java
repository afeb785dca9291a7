/// The CSV as text: bytes in, records with their line numbers out, whatever the encoding and the delimiter.
@NullMarked
package dev.halftone.adapters.csv.text;

import org.jspecify.annotations.NullMarked;
