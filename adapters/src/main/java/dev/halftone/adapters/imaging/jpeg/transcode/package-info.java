/// JPEG in, smaller JPEG out, without decoding a pixel.
package dev.halftone.adapters.imaging.jpeg.transcode;
