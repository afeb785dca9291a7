package dev.halftone.adapters.imaging.jpeg.codec;

import java.util.Arrays;

/// A quantisation table (T.81 B.2.4.1): 64 steps, each 1 to 65,535, in zig-zag order. Immutable.
public final class QuantTable {

    /// T.81 table K.1, luminance, in natural order.
    private static final int[] LUMINANCE = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    /// T.81 table K.2, chrominance, in natural order.
    private static final int[] CHROMINANCE = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
                99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99,
        99, 99, 99, 99, 99, 99
    };

    /// Nicolas Robidoux's table (ImageMagick forum, 2012; the default of mozjpeg), in natural order: its steps grow
    /// with frequency alone, and faster.
    private static final int[] ROBIDOUX = {
        16, 16, 16, 18, 25, 37, 56, 85, 16, 17, 20, 27, 34, 40, 53, 75, 16, 20, 24, 31, 43, 62, 91, 135, 18, 27, 31, 40,
        53, 74, 106, 156, 25, 34, 43, 53, 69, 94, 131, 189, 37, 40, 62, 74, 94, 124, 169, 238, 56, 53, 91, 106, 131,
        169, 226, 311, 85, 75, 135, 156, 189, 238, 311, 418
    };

    /// Brings Robidoux's table, with a trellis, to the SSIMULACRA 2 score that the group's table has at the same
    /// quality without one.
    private static final double AS_SIMILAR = 0.78;

    private final int[] steps;

    private QuantTable(int[] steps) {
        this.steps = steps;
    }

    /// @param zigZag 64 steps in zig-zag order
    public static QuantTable of(int[] zigZag) {
        if (zigZag.length != 64 || Arrays.stream(zigZag).anyMatch(step -> step < 1 || step > 65_535)) {
            throw new IllegalArgumentException("a quantisation table has 64 steps of 1 to 65,535");
        }
        return new QuantTable(zigZag.clone());
    }

    /// The luminance table of the Independent JPEG Group at a quality of 1 to 100.
    public static QuantTable luminance(double quality) {
        return scaled(LUMINANCE, quality, 1);
    }

    /// A luminance table that needs fewer bytes for the similarity that [#luminance] has at the same quality.
    public static QuantTable economicalLuminance(double quality) {
        return scaled(ROBIDOUX, quality, AS_SIMILAR);
    }

    /// The chrominance table of the Independent JPEG Group at a quality of 1 to 100.
    public static QuantTable chrominance(double quality) {
        return scaled(CHROMINANCE, quality, 1);
    }

    /// `jpeg_quality_scaling` of the IJG's library, continued to fractional qualities; steps are capped at 255,
    /// so that the file stays baseline.
    private static QuantTable scaled(int[] base, double quality, double factor) {
        double clamped = Math.clamp(quality, 1, 100);
        double percent = clamped < 50 ? 5000 / clamped : 200 - 2 * clamped;
        if (clamped == Math.rint(clamped)) {
            percent = Math.floor(percent);
        }
        percent *= factor;
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            steps[k] = (int) Math.clamp((long) Math.floor((base[ZigZag.NATURAL[k]] * percent + 50) / 100), 1, 255);
        }
        return new QuantTable(steps);
    }

    /// The step of zig-zag index `k`.
    public int step(int k) {
        return steps[k];
    }

    /// Whether every step fits a baseline file's 8 bits.
    public boolean isBaseline() {
        return Arrays.stream(steps).allMatch(step -> step <= 255);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantTable table && Arrays.equals(steps, table.steps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(steps);
    }
}
