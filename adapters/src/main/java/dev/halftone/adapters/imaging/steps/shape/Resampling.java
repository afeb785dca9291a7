package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.AreaAverage;
import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.pixel.Taps;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;

/// Scales a picture up or down. Down to twice the wanted size by area averaging, which is exact and fast; the
/// rest of the way, and up, with Lanczos' kernel, which keeps it crisp. Colours are weighted by their alpha, so
/// that clear pixels leave no fringe. Only the wanted window is made: a few rows of memory beside it.
final class Resampling {
    private Resampling() {}

    /// @param scaled size that the whole picture would have
    /// @param window what of that is wanted
    static Picture.Colour to(Picture.Colour picture, PixelSize scaled, Box window, Deadline deadline) {
        if (picture.width() == scaled.width() && picture.height() == scaled.height()) {
            return CropStep.cut(picture, window);
        }
        int width = (int) Math.min(picture.width(), 2L * scaled.width());
        int height = (int) Math.min(picture.height(), 2L * scaled.height());
        Picture.Colour near = width == picture.width() && height == picture.height()
                ? picture
                : AreaAverage.shrink(picture, width, height, deadline).asColour();
        return lanczos(near, scaled, window, deadline);
    }

    private static Picture.Colour lanczos(Picture.Colour picture, PixelSize scaled, Box window, Deadline deadline) {
        Taps across = Taps.of(picture.width(), scaled.width(), window.left(), window.width());
        Taps down = Taps.of(picture.height(), scaled.height(), window.top(), window.height());
        int width = window.width();
        float[] source = new float[4 * picture.width()];
        float[][] narrow = new float[down.most()][4 * width];
        float[] row = new float[4 * width];
        int[] out = new int[width * window.height()];
        int next = 0;
        for (int y = 0; y < window.height(); y++) {
            deadline.check();
            for (next = Math.max(next, down.first()[y]); next <= down.last(y); next++) {
                Argb.unpack(picture.argb(), next * picture.width(), picture.width(), source);
                across(across, source, narrow[next % narrow.length]);
            }
            down(down.weights()[y], down.first()[y], narrow, row);
            Argb.pack(row, out, y * width, width);
        }
        return picture.opaque()
                ? new Picture.Colour(width, window.height(), out, true)
                : Picture.Colour.of(width, window.height(), out);
    }

    private static void across(Taps taps, float[] source, float[] out) {
        for (int x = 0, to = 0; to < out.length; x++, to += 4) {
            float[] weights = taps.weights()[x];
            int from = 4 * taps.first()[x];
            float alpha = 0;
            float red = 0;
            float green = 0;
            float blue = 0;
            for (float weight : weights) {
                alpha += weight * source[from];
                red += weight * source[from + 1];
                green += weight * source[from + 2];
                blue += weight * source[from + 3];
                from += 4;
            }
            out[to] = alpha;
            out[to + 1] = red;
            out[to + 2] = green;
            out[to + 3] = blue;
        }
    }

    private static void down(float[] weights, int first, float[][] rows, float[] out) {
        java.util.Arrays.fill(out, 0);
        for (int i = 0; i < weights.length; i++) {
            float weight = weights[i];
            float[] row = rows[(first + i) % rows.length];
            for (int x = 0; x < out.length; x++) {
                out[x] += weight * row[x];
            }
        }
    }
}
