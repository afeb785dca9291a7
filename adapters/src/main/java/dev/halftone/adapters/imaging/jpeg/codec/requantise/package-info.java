/// From the coefficients of one quantisation table to those of a coarser one.
package dev.halftone.adapters.imaging.jpeg.codec.requantise;
