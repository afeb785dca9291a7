package dev.halftone.adapters.imaging.jpeg.codec.scaled.dct;

/// Level shift and clamping of T.81 A.3.1 as one look-up, where it costs less than two comparisons.
final class SampleRange {
    static final int MASK = 4095;

    /// The sample of each transform output, taken modulo 4096 from -2048 up: plus 128, held to 0 to 255. No
    /// stream with coefficients in range gets near the ends.
    static final byte[] LIMIT = new byte[MASK + 1];

    static {
        for (int i = 0; i <= MASK; i++) {
            LIMIT[i] = (byte) Math.clamp((i << 20 >> 20) + 128, 0, 255);
        }
    }

    private SampleRange() {}
}
