package dev.halftone.domain.image;

/// An image as it came: whole, within the byte limit, its format told by its magic bytes. The array is shared,
/// never changed.
@SuppressWarnings("ArrayRecordComponent")
public record SourceImage(ImageFormat format, byte[] bytes) {}
