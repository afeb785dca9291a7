package dev.halftone.adapters.imaging.search;

/// What a search ended with.
///
/// @param quality where on the ladder
/// @param met whether it meets the target; where not, this is the closest there is
/// @param measure the bytes, or the likeness, that was searched for
@SuppressWarnings("ArrayRecordComponent")
public record Rung(double quality, byte[] bytes, boolean met, double measure) {}
