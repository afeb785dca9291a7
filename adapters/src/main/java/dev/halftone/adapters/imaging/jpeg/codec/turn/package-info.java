/// Turns and mirrors pictures by moving their coefficients, without decoding a pixel.
package dev.halftone.adapters.imaging.jpeg.codec.turn;
