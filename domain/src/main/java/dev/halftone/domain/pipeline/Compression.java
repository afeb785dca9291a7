package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.Quality;
import java.util.OptionalInt;

/// How every image of a batch is compressed.
///
/// @param target what to reach
/// @param format the output's format
/// @param maxWidth shrink to at most this width in pixels, keeping the shape; never enlarges
/// @param maxHeight likewise in height
/// @param metadata what of the source's metadata goes out
/// @param minSavings 0 to 100: deliver the original unless the result is at least this many per cent smaller
/// @param encoding by which means it is written
public record Compression(
        CompressionTarget target,
        TargetFormat format,
        OptionalInt maxWidth,
        OptionalInt maxHeight,
        MetadataPolicy metadata,
        int minSavings,
        Encoding encoding) {

    public static final Compression DEFAULT = new Compression(
            new CompressionTarget.ToQuality(Quality.DEFAULT),
            TargetFormat.KEEP,
            OptionalInt.empty(),
            OptionalInt.empty(),
            MetadataPolicy.STRIP,
            0,
            Encoding.DEFAULT);

    public Compression {
        if (minSavings < 0 || minSavings > 100) {
            throw new IllegalArgumentException("minSavings is 0 to 100, not " + minSavings);
        }
    }

    public Compression withQuality(int quality) {
        return withTarget(new CompressionTarget.ToQuality(new Quality(quality)));
    }

    public Compression withTarget(CompressionTarget other) {
        return new Compression(other, format, maxWidth, maxHeight, metadata, minSavings, encoding);
    }

    public Compression withFormat(TargetFormat other) {
        return new Compression(target, other, maxWidth, maxHeight, metadata, minSavings, encoding);
    }

    public Compression withBounds(OptionalInt width, OptionalInt height) {
        return new Compression(target, format, width, height, metadata, minSavings, encoding);
    }

    public Compression withMetadata(MetadataPolicy policy) {
        return new Compression(target, format, maxWidth, maxHeight, policy, minSavings, encoding);
    }

    public Compression withMinSavings(int percent) {
        return new Compression(target, format, maxWidth, maxHeight, metadata, percent, encoding);
    }

    public Compression withEncoding(Encoding other) {
        return new Compression(target, format, maxWidth, maxHeight, metadata, minSavings, other);
    }

    /// The size a picture shown at `size` goes out with.
    public PixelSize over(PixelSize size) {
        return size.within(maxWidth, maxHeight);
    }
}
