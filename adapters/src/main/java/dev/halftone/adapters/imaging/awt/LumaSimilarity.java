package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.similarity.StripSsim;

/// How alike the luma of two pictures is ([StripSsim]). Pictures with alpha are compared over white and over
/// black, and the worse counts: a white logo on nothing is not seen over white.
public final class LumaSimilarity {
    private LumaSimilarity() {}

    /// @return at most 1, which only equal pictures have; both are of one size
    public static double between(Picture a, Picture b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new IllegalArgumentException("pictures of different sizes are not compared");
        }
        double overWhite = StripSsim.of(a.width(), a.height(), luma(a, 255), luma(b, 255));
        if (isOpaque(a) && isOpaque(b)) {
            return overWhite;
        }
        return Math.min(overWhite, StripSsim.of(a.width(), a.height(), luma(a, 0), luma(b, 0)));
    }

    private static boolean isOpaque(Picture picture) {
        return !(picture instanceof Picture.Colour colour) || colour.opaque();
    }

    private static byte[] luma(Picture picture, int background) {
        return switch (picture) {
            case Picture.Grey grey -> grey.samples();
            case Picture.Colour colour -> {
                byte[] luma = new byte[colour.argb().length];
                for (int i = 0; i < luma.length; i++) {
                    int pixel = colour.argb()[i];
                    int alpha = pixel >>> 24;
                    int full = 19595 * (pixel >> 16 & 255) + 38470 * (pixel >> 8 & 255) + 7471 * (pixel & 255);
                    int seen = full + 32768 >> 16;
                    luma[i] = (byte) (alpha == 255 ? seen : (seen * alpha + background * (255 - alpha) + 127) / 255);
                }
                yield luma;
            }
        };
    }
}
