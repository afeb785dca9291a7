package dev.halftone.domain.image;

import java.util.Optional;

/// What a picture looks like, in 64 bits: pictures that look alike differ in few of them, whatever their size,
/// format and quality. Up to about 10 different bits is one picture in another form; unrelated ones differ in
/// about 30.
///
/// @param bits one for each of 64 low frequencies, row by row, the lowest in the highest bit: whether there is
///     more of it than of the median one
public record PerceptualHash(long bits) {

    /// How many bits differ, 0 to 64.
    public int distance(PerceptualHash other) {
        return Long.bitCount(bits ^ other.bits);
    }

    /// 16 hexadecimal digits.
    public String wire() {
        return String.format("%016x", bits);
    }

    public static Optional<PerceptualHash> ofWire(String wire) {
        return wire.matches("[0-9a-f]{16}")
                ? Optional.of(new PerceptualHash(Long.parseUnsignedLong(wire, 16)))
                : Optional.empty();
    }
}
