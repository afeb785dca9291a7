package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.pixel.Turn;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;

/// Turns a picture clockwise. Quarter turns move pixels and change none; any other angle samples the picture with
/// Catmull and Rom's cubic, and lays its edge on the background by the share of the pixel that it covers.
public final class RotateStep {
    private final Picture.Colour picture;
    private final float[] background = new float[4];
    private final float[] sum = new float[4];
    private final float[] across = new float[4];
    private final float[] down = new float[4];

    private RotateStep(Picture.Colour picture, int background) {
        this.picture = picture;
        Argb.unpack(new int[] {background}, 0, 1, this.background);
    }

    public static Picture.Colour run(Picture.Colour picture, Operation.Rotate rotate, Deadline deadline) {
        double degrees = rotate.degrees();
        if (degrees % 90 == 0) {
            int[] orientations = {1, 6, 3, 8};
            return Turn.upright(picture, orientations[(int) (degrees / 90) & 3]).asColour();
        }
        return new RotateStep(picture, rotate.background().argb()).turned(degrees, deadline);
    }

    private Picture.Colour turned(double degrees, Deadline deadline) {
        PixelSize canvas = Pipeline.turned(new PixelSize(picture.width(), picture.height()), degrees);
        double angle = Math.toRadians(degrees);
        double sine = Math.sin(angle);
        double cosine = Math.cos(angle);
        int[] out = new int[canvas.width() * canvas.height()];
        for (int y = 0, at = 0; y < canvas.height(); y++) {
            deadline.check();
            double dy = y + 0.5 - canvas.height() / 2.0;
            for (int x = 0; x < canvas.width(); x++, at++) {
                double dx = x + 0.5 - canvas.width() / 2.0;
                double sx = dx * cosine + dy * sine + picture.width() / 2.0;
                double sy = dy * cosine - dx * sine + picture.height() / 2.0;
                out[at] = pixel(sx, sy);
            }
        }
        return Picture.Colour.of(canvas.width(), canvas.height(), out);
    }

    /// @param sx from the source's left edge, in pixels
    private int pixel(double sx, double sy) {
        double cover = covered(sx, picture.width()) * covered(sy, picture.height());
        if (cover <= 0) {
            return Argb.pack(background[0], background[1], background[2], background[3]);
        }
        sample(sx - 0.5, sy - 0.5);
        float share = (float) cover;
        float alpha = Math.clamp(sum[0], 0f, 255f);
        float red = Math.clamp(sum[1], 0f, alpha);
        float green = Math.clamp(sum[2], 0f, alpha);
        float blue = Math.clamp(sum[3], 0f, alpha);
        return Argb.pack(
                alpha * share + background[0] * (1 - share),
                red * share + background[1] * (1 - share),
                green * share + background[2] * (1 - share),
                blue * share + background[3] * (1 - share));
    }

    /// How much of a pixel with this centre lies within a side.
    private static double covered(double at, int length) {
        return Math.clamp(Math.min(at, length - at) + 0.5, 0, 1);
    }

    private void sample(double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        weights((float) (x - left), across);
        weights((float) (y - top), down);
        java.util.Arrays.fill(sum, 0);
        for (int j = 0; j < 4; j++) {
            int row = Math.clamp(top - 1 + j, 0, picture.height() - 1) * picture.width();
            for (int i = 0; i < 4; i++) {
                int pixel = picture.argb()[row + Math.clamp(left - 1 + i, 0, picture.width() - 1)];
                int alpha = pixel >>> 24;
                float weight = across[i] * down[j];
                sum[0] += weight * alpha;
                weight = alpha == 255 ? weight : weight * alpha / 255f;
                sum[1] += weight * (pixel >> 16 & 255);
                sum[2] += weight * (pixel >> 8 & 255);
                sum[3] += weight * (pixel & 255);
            }
        }
    }

    private static void weights(float t, float[] into) {
        into[0] = t * (-0.5f + t * (1 - 0.5f * t));
        into[1] = 1 + t * t * (1.5f * t - 2.5f);
        into[2] = t * (0.5f + t * (2 - 1.5f * t));
        into[3] = t * t * (0.5f * t - 0.5f);
    }
}
