/// The engine for JPEGs whose pixels stay where they are: it works on DCT coefficients and leaves everything else to
/// the
/// next engine.
package dev.halftone.adapters.imaging.jpeg;
