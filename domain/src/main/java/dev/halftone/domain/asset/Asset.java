package dev.halftone.domain.asset;

import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.storage.ObjectKey;
import java.time.Instant;

/// An image that a user uploaded, kept as it came.
///
/// @param size as shown: with its EXIF orientation applied
/// @param bytes of the file
/// @param hash of the file
public record Asset(AssetId id, ImageFormat format, PixelSize size, long bytes, ContentHash hash, Instant created) {

    /// Where the file is kept.
    public ObjectKey key() {
        return keyOf(id, format);
    }

    public static ObjectKey keyOf(AssetId id, ImageFormat format) {
        return new ObjectKey("assets/%s/source.%s".formatted(id, format.extension()));
    }
}
