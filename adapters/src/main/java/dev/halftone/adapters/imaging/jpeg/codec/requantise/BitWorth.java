package dev.halftone.adapters.imaging.jpeg.codec.requantise;

/// What a bit is worth to [Trellis], in squared target steps: one number in some blocks and another in the rest, mixed
/// all over the picture. Code lengths are whole numbers, so that a single worth leaves gaps between the sizes that a
/// file can have; a mixture does not.
///
/// @param most in most blocks
/// @param some in the others
/// @param share of the others, 0 to 1
public record BitWorth(double most, double some, double share) {
    public BitWorth {
        if (!(most >= 0) || !(some >= 0) || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a bit is worth 0 or more, a share is 0 to 1");
        }
    }

    public static BitWorth everywhere(double lambda) {
        return new BitWorth(lambda, lambda, 0);
    }

    /// Scatters blocks by the golden ratio (Knuth, "The Art of Computer Programming", 6.4).
    double in(int block) {
        return (block * 0x9E3779B9 >>> 16) < share * 65_536 ? some : most;
    }
}
