/// Image files as bytes: segments, chunks and blocks. Sizes before any decoder runs, EXIF, colour profiles,
/// animation, and cutting metadata out of a file whose picture data stays as it is.
package dev.halftone.adapters.imaging.container;
