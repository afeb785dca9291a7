/// PNG both ways without ImageIO: a strict decoder, a palette quantiser, and a writer that looks for the
/// smallest file.
package dev.halftone.adapters.imaging.png;
