package dev.halftone.adapters.imaging.jpeg.transcode;

/// What was made of a JPEG.
///
/// @param reached whether the goal was; if not, this is the nearest there is
/// @param quality of the tables, 1 to 100; 100 and more where the source's own were kept
@SuppressWarnings("ArrayRecordComponent")
public record Transcoded(byte[] file, boolean reached, double quality) {}
