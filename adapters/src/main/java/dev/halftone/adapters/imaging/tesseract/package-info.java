/// Reads text with Tesseract, as a child process: a PNG of ours goes in on its standard input, a table comes
/// out. See <https://tesseract-ocr.github.io/tessdoc/Command-Line-Usage.html>.
@NullMarked
package dev.halftone.adapters.imaging.tesseract;

import org.jspecify.annotations.NullMarked;
