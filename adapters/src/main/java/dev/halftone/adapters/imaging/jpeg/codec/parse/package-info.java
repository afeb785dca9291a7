/// From bytes to the structure of a file (T.81 Annex B), strictly.
package dev.halftone.adapters.imaging.jpeg.codec.parse;
