/// The codec's outputs judged by other decoders and encoders.
package dev.halftone.adapters.imaging.jpeg.oracle;
