package dev.halftone.domain.variant.cached;

import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;

/// A picture as it is served. The array is shared, never changed.
///
/// @param size as shown
/// @param hash of the bytes
@SuppressWarnings("ArrayRecordComponent")
public record CachedVariant(ImageFormat format, PixelSize size, byte[] bytes, ContentHash hash) {

    public static CachedVariant of(EncodedImage image) {
        return of(image.format(), image.size(), image.bytes());
    }

    public static CachedVariant of(ImageFormat format, PixelSize size, byte[] bytes) {
        return new CachedVariant(format, size, bytes, ContentHash.of(bytes));
    }
}
