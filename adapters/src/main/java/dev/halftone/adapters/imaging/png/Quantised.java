package dev.halftone.adapters.imaging.png;

/// A picture of at most 256 colours.
///
/// @param palette `0xAARRGGBB`, those that are not opaque in front
/// @param indexes one a pixel
/// @param error mean square error of the palette before dithering, in the units of [Perception]
@SuppressWarnings("ArrayRecordComponent")
public record Quantised(int width, int height, int[] palette, byte[] indexes, double error) {}
