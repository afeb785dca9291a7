package dev.halftone.adapters.imaging.jpeg.transcode;

/// What a transcoded JPEG has to reach.
public sealed interface Goal {

    /// The same coefficients, coded again: every decoder gives the same pixels.
    record Lossless() implements Goal {}

    /// Tables of this quality.
    ///
    /// @param quality 1 to 100 on the scale of the Independent JPEG Group, fractions allowed
    record AtQuality(double quality) implements Goal {}

    /// The best quality whose file has at most so many bytes.
    record AtMost(long bytes) implements Goal {}

    /// The smallest file whose luma keeps this mean SSIM to the source's.
    ///
    /// @param similarity over 0, under 1
    record AsSimilarAs(double similarity) implements Goal {}
}
