/// The pixel engine on libvips, where that loads: the only one for AVIF, HEIC and SVG, and the faster one where
/// [EngineChoice] says so.
package dev.halftone.adapters.imaging.vips;
