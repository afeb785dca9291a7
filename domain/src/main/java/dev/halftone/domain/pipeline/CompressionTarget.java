package dev.halftone.domain.pipeline;

import dev.halftone.domain.image.Quality;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;

/// What "compress by half" means: always one named meaning. A target that can't be reached is no failure: the
/// best there is comes out, with a note that says so.
public sealed interface CompressionTarget {

    /// The format's own quality scale. A source that is already coarser keeps its own step.
    record ToQuality(Quality quality) implements CompressionTarget {}

    /// No pixel that can be seen changes; only the way the picture is written does.
    record Lossless() implements CompressionTarget {}

    /// The best quality whose output has at most this share of the input's bytes.
    ///
    /// @param share over 0, at most 1
    record ToRatio(double share) implements CompressionTarget {
        public ToRatio {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("targetRatio is over 0 and at most 1, not " + share);
            }
        }
    }

    /// The best quality whose output has at most this many bytes.
    ///
    /// @param bytes at least 1
    record ToBytes(long bytes) implements CompressionTarget {
        public ToBytes {
            if (bytes < 1) {
                throw new IllegalArgumentException("targetBytes is at least 1, not " + bytes);
            }
        }
    }

    /// The smallest output that is at least this similar to the picture it was made from.
    ///
    /// @param similarity mean SSIM of the luma, over 0.5 and under 1
    record ToSsim(double similarity) implements CompressionTarget {
        public ToSsim {
            if (!(similarity > 0.5 && similarity < 1)) {
                throw new IllegalArgumentException("targetSsim is over 0.5 and under 1, not " + similarity);
            }
        }
    }

    /// The name of the option that asks for this target.
    default String option() {
        return switch (this) {
            case ToQuality quality -> "quality";
            case Lossless lossless -> "quality";
            case ToRatio ratio -> "targetRatio";
            case ToBytes bytes -> "targetBytes";
            case ToSsim ssim -> "targetSsim";
        };
    }

    /// The option's value, which reads back as this very target.
    default String text() {
        return switch (this) {
            case ToQuality(Quality quality) -> Integer.toString(quality.value());
            case Lossless() -> "lossless";
            case ToRatio(double share) -> decimal(share);
            case ToBytes(long bytes) -> Long.toString(bytes);
            case ToSsim(double similarity) -> decimal(similarity);
        };
    }

    /// As a user writes it, such as `targetBytes=20000`.
    default String wire() {
        return option() + "=" + text();
    }

    /// The most bytes that an output may have; empty where the target is not about bytes.
    ///
    /// @param inputBytes of the source
    default OptionalLong ceiling(long inputBytes) {
        return switch (this) {
            case ToRatio(double share) -> OptionalLong.of((long) Math.floor(share * inputBytes));
            case ToBytes(long bytes) -> OptionalLong.of(bytes);
            case ToQuality quality -> OptionalLong.empty();
            case Lossless lossless -> OptionalLong.empty();
            case ToSsim ssim -> OptionalLong.empty();
        };
    }

    /// The note of an output that is larger than the ceiling, such as `targetBytes=20000 not reachable: 23,114
    /// bytes is the smallest`.
    default String missedBy(long bytes, long ceiling) {
        String share = this instanceof ToRatio ? String.format(Locale.ROOT, " (%,d bytes)", ceiling) : "";
        return wire() + share + String.format(Locale.ROOT, " not reachable: %,d bytes is the smallest", bytes);
    }

    /// The note of an original that needs no compression for this target.
    default String metAlready() {
        return wire() + " is met by the original: kept as it is";
    }

    private static String decimal(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
