package dev.halftone.domain.image;

import java.util.List;

/// An image as it goes out. The array is shared, never changed.
///
/// @param size as shown: after the source's EXIF orientation was applied
/// @param notes what a user should know of the way it was made, such as "animated: kept as it is"
@SuppressWarnings("ArrayRecordComponent")
public record EncodedImage(ImageFormat format, byte[] bytes, PixelSize size, List<String> notes) {

    public EncodedImage {
        notes = List.copyOf(notes);
    }

    public static EncodedImage of(ImageFormat format, byte[] bytes, PixelSize size) {
        return new EncodedImage(format, bytes, size, List.of());
    }
}
