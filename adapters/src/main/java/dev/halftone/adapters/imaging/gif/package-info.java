/// Decodes the first frame of a GIF onto its canvas.
package dev.halftone.adapters.imaging.gif;
