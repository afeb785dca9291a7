/// Chroma at half its resolution, made from coefficients.
package dev.halftone.adapters.imaging.jpeg.codec.fold;
