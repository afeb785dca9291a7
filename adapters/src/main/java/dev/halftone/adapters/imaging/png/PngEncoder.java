package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;
import java.util.Optional;

/// Encodes a picture as PNG: at a quality below 100 with a palette, where one exists whose error stays within it;
/// otherwise without any loss.
public final class PngEncoder {
    private PngEncoder() {}

    /// @param quality 1 to 100
    /// @param ancillary whole chunks that go in front: colour profile, metadata
    /// @param mayBeGrey whether a colourless picture may be written as grey; not where an RGB profile goes with it
    /// @param enough a file of at most this many bytes is good enough; a larger one is tried without loss, too
    public static byte[] encode(
            Picture picture, int quality, byte[] ancillary, boolean mayBeGrey, int enough, Deadline deadline) {
        PngWriter writer = new PngWriter(ancillary, deadline);
        ColourHistogram histogram = ColourHistogram.of(picture);
        Optional<byte[]> indexed = quality == 100
                ? Optional.empty()
                : new PaletteQuantizer(histogram, deadline)
                        .palette(quality)
                        .map(palette -> indexed(picture, histogram, sorted(palette), writer, deadline));
        if (indexed.isPresent() && indexed.get().length < enough) {
            return indexed.get();
        }
        byte[] exact = writer.exact(mayBeGrey ? picture.greyIfGrey() : picture);
        if (histogram.isExact() && histogram.size() <= PaletteQuantizer.MOST_COLOURS) {
            exact = smaller(exact, indexed(picture, histogram, sorted(histogram.colours()), writer, deadline));
        }
        return indexed.isPresent() ? smaller(indexed.get(), exact) : exact;
    }

    private static byte[] smaller(byte[] one, byte[] other) {
        return other.length < one.length ? other : one;
    }

    private static byte[] indexed(
            Picture picture, ColourHistogram histogram, int[] palette, PngWriter writer, Deadline deadline) {
        Dither dither = new Dither(palette);
        boolean lossless = histogram.isExact() && isAll(histogram.colours(), palette);
        byte[] indexes = lossless ? dither.exact(picture) : dither.map(picture, true, deadline);
        return writer.indexed(picture.width(), picture.height(), palette, indexes);
    }

    private static boolean isAll(int[] colours, int[] palette) {
        int[] known = palette.clone();
        Arrays.sort(known);
        return Arrays.stream(colours).allMatch(colour -> Arrays.binarySearch(known, colour) >= 0);
    }

    /// Clear colours first, so that the table of alphas can end early; within that from dark to light, so that
    /// neighbouring
    /// pixels have neighbouring indexes.
    private static int[] sorted(int[] palette) {
        return Arrays.stream(palette)
                .boxed()
                .sorted((a, b) -> {
                    int alpha = Integer.compare(a >>> 24, b >>> 24);
                    return alpha != 0 && (a >>> 24 != 255 || b >>> 24 != 255)
                            ? alpha
                            : Integer.compare(luma(a), luma(b));
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int luma(int argb) {
        return 299 * (argb >> 16 & 255) + 587 * (argb >> 8 & 255) + 114 * (argb & 255);
    }
}
