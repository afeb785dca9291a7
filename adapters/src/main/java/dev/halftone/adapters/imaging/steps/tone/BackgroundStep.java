package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Operation;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Makes the background of a studio photo clear: what is reached from the border over colours near the border's own.
/// The edge of what is left becomes soft by the share of the background in each pixel, and loses its colour. A photo
/// whose border is not of one even colour, or that would vanish as a whole, stays as it is.
public final class BackgroundStep {
    private static final double LEAST_UNIFORM = 0.7;
    private static final double MOST_RESTLESS = 0.1;

    /// A sensor's noise and JPEG's rounding stay below.
    private static final int LEAST_STEP = 4;

    private static final double MOST_REMOVED = 0.995;

    /// How far in an edge may be mixed with the background.
    private static final int SOFT = 2;

    private final Picture.Colour picture;
    private final int colour;
    private final BitSet background;

    private BackgroundStep(Picture.Colour picture, int colour, BitSet background) {
        this.picture = picture;
        this.colour = colour;
        this.background = background;
    }

    /// @param notes told where the background can't be told from the rest
    public static Picture.Colour run(
            Picture.Colour picture, Operation.RemoveBackground remove, Consumer<String> notes, Deadline deadline) {
        int tolerance = remove.tolerance();
        int[] border = border(picture);
        int colour = dominant(border, tolerance);
        double uniform = uniform(border, colour, tolerance);
        if (uniform < LEAST_UNIFORM) {
            notes.accept("removebackground: only %.0f %% of the border is of one colour (%.0f %% are needed), so the"
                            .formatted(Math.floor(100 * uniform), 100 * LEAST_UNIFORM)
                    + " background stays");
            return picture;
        }
        if (restless(border, colour, tolerance) > MOST_RESTLESS) {
            notes.accept("removebackground: the border is no plain ground but has a pattern, so the background stays");
            return picture;
        }
        BitSet background = Flood.fromBorder(picture, colour, remove.tolerance(), deadline);
        if (background.cardinality() > MOST_REMOVED * picture.argb().length) {
            notes.accept("removebackground: nothing stands out from the background at tolerance " + remove.tolerance()
                    + ", so it stays");
            return picture;
        }
        return new BackgroundStep(picture, colour, background).cleared(deadline);
    }

    private static int[] border(Picture.Colour picture) {
        int width = picture.width();
        int height = picture.height();
        int[] argb = picture.argb();
        int[] border = new int[2 * width + 2 * height];
        System.arraycopy(argb, 0, border, 0, width);
        System.arraycopy(argb, argb.length - width, border, width, width);
        for (int y = 0; y < height; y++) {
            border[2 * width + y] = argb[y * width];
            border[2 * width + height + y] = argb[y * width + width - 1];
        }
        return border;
    }

    private static double uniform(int[] border, int colour, int tolerance) {
        return (double) Arrays.stream(border)
                        .filter(pixel -> Flood.isNear(pixel, colour, tolerance))
                        .count()
                / border.length;
    }

    /// Of the neighbours on the border that are near the colour, how many differ more than an even ground's do.
    private static double restless(int[] border, int colour, int tolerance) {
        int even = Math.max(LEAST_STEP, tolerance / 4);
        int pairs = 0;
        int steps = 0;
        for (int i = 1; i < border.length; i++) {
            if (Flood.isNear(border[i], colour, tolerance) && Flood.isNear(border[i - 1], colour, tolerance)) {
                pairs++;
                steps += Argb.difference(border[i], border[i - 1]) > even ? 1 : 0;
            }
        }
        return (double) steps / Math.max(1, pairs);
    }

    /// The mean of what lies near the most frequent colour, by the upper four bits of each sample.
    private static int dominant(int[] border, int tolerance) {
        Map<Integer, Integer> counts = new HashMap<>();
        int centre = 0;
        int most = 0;
        for (int pixel : border) {
            int count = pixel >>> 24 == 0 ? 0 : counts.merge(pixel & 0xf0f0f0, 1, Integer::sum);
            if (count > most) {
                most = count;
                centre = pixel & 0xf0f0f0;
            }
        }
        int around = 0xff080808 | centre;
        long[] sums = new long[4];
        for (int pixel : border) {
            if (pixel >>> 24 != 0 && Argb.difference(pixel, around) <= Math.max(12, tolerance)) {
                sums[0]++;
                sums[1] += pixel >> 16 & 255;
                sums[2] += pixel >> 8 & 255;
                sums[3] += pixel & 255;
            }
        }
        return sums[0] == 0
                ? around
                : 0xff000000
                        | (int) (sums[1] / sums[0]) << 16
                        | (int) (sums[2] / sums[0]) << 8
                        | (int) (sums[3] / sums[0]);
    }

    private Picture.Colour cleared(Deadline deadline) {
        int[] argb = picture.argb();
        int[] out = new int[argb.length];
        boolean[] near = new boolean[picture.width()];
        for (int y = 0, at = 0; y < picture.height(); y++) {
            deadline.check();
            near(y, near);
            for (int x = 0; x < picture.width(); x++, at++) {
                out[at] = background.get(at) ? 0 : near[x] ? edge(x, y, argb[at]) : argb[at];
            }
        }
        return Picture.Colour.of(picture.width(), picture.height(), out);
    }

    /// Which pixels of a row have background around them.
    private void near(int y, boolean[] near) {
        Arrays.fill(near, false);
        int width = picture.width();
        for (int v = Math.max(0, y - SOFT); v <= Math.min(picture.height() - 1, y + SOFT); v++) {
            for (int x = 0; x < width; x++) {
                if (background.get(v * width + x)) {
                    Arrays.fill(near, Math.max(0, x - SOFT), Math.min(width, x + SOFT + 1), true);
                }
            }
        }
    }

    /// A pixel near the background is taken for a mixture of it with what lies further in, which is the pixel around
    /// that differs most from the background.
    private int edge(int x, int y, int pixel) {
        int inner = pixel;
        for (int v = Math.max(0, y - SOFT); v <= Math.min(picture.height() - 1, y + SOFT); v++) {
            for (int u = Math.max(0, x - SOFT); u <= Math.min(picture.width() - 1, x + SOFT); u++) {
                int at = v * picture.width() + u;
                boolean further = Argb.difference(picture.argb()[at], colour) > Argb.difference(inner, colour);
                if (further && !background.get(at)) {
                    inner = picture.argb()[at];
                }
            }
        }
        if (inner == pixel) {
            return pixel;
        }
        float share = Math.clamp((float) Argb.difference(pixel, colour) / Argb.difference(inner, colour), 1 / 255f, 1f);
        return Argb.sample((pixel >>> 24) * share) << 24
                | unmixed(pixel >> 16 & 255, colour >> 16 & 255, share) << 16
                | unmixed(pixel >> 8 & 255, colour >> 8 & 255, share) << 8
                | unmixed(pixel & 255, colour & 255, share);
    }

    private static int unmixed(int seen, int behind, float share) {
        return Argb.sample((seen - (1 - share) * behind) / share);
    }
}
