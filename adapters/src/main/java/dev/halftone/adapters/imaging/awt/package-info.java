/// The pixel engine that always works: decodes with ImageIO's readers (chosen one by one, never looked up by
/// content), turns, shrinks and converts, and encodes JPEG, PNG and WebP.
package dev.halftone.adapters.imaging.awt;
