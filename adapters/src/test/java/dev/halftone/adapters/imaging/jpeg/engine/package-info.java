/// The JPEG engine, alone and in front of the pixel engine, held to what issue 3 promises.
package dev.halftone.adapters.imaging.jpeg.engine;
