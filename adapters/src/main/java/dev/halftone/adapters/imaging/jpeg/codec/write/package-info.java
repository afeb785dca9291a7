/// From tokens to a file.
package dev.halftone.adapters.imaging.jpeg.codec.write;
