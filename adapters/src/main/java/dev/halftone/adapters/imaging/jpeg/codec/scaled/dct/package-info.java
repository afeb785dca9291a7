/// Inverse DCTs of one block (T.81 A.3.3), to as many samples as a scale asks for.
package dev.halftone.adapters.imaging.jpeg.codec.scaled.dct;
