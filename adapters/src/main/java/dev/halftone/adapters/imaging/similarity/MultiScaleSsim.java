package dev.halftone.adapters.imaging.similarity;

import java.util.Arrays;

/// Multi-scale SSIM of Wang, Simoncelli and Bovik, "Multi-scale structural similarity for image quality assessment",
/// 2003, on luma: contrast and structure at five sizes, each half the one before, luminance at the smallest, multiplied
/// with the paper's exponents. 1 for the same picture, 0 to 1 otherwise; symmetric.
///
/// A size must hold the window of 11 pixels, so all five need a picture of at least 176 by 176. A smaller one is
/// compared at as many sizes as it has, with the exponents scaled to sum to one again, and one below 11 pixels as
/// [Ssim] does.
public final class MultiScaleSsim {
    private static final double[] EXPONENTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

    private MultiScaleSsim() {}

    /// The similarity of two planes.
    ///
    /// @throws IllegalArgumentException when their sizes differ
    public static double of(Luma first, Luma second) {
        int scales = scales(first);
        double all = Arrays.stream(EXPONENTS).limit(scales).sum();
        double similarity = 1;
        Luma one = first;
        Luma other = second;
        for (int scale = 0; scale < scales; scale++) {
            if (scale > 0) {
                one = one.halved();
                other = other.halved();
            }
            Ssim.Means means = Ssim.means(one, other);
            double term = scale == scales - 1 ? means.similarity() : means.structure();
            similarity *= Math.pow(Math.max(term, 0), EXPONENTS[scale] / all);
        }
        return similarity;
    }

    private static int scales(Luma plane) {
        int side = Math.min(plane.width(), plane.height());
        int scales = 1;
        while (scales < EXPONENTS.length && side >> scales >= Ssim.WINDOW) {
            scales++;
        }
        return scales;
    }
}
