/// Decoded pictures as plain arrays: turned upright, averaged down, laid on white. No colour management, no
/// AWT.
package dev.halftone.adapters.imaging.pixel;
