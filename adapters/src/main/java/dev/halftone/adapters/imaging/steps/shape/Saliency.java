package dev.halftone.adapters.imaging.steps.shape;

import dev.halftone.adapters.imaging.pixel.AreaAverage;
import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;

/// How much each part of a picture draws the eye, told from a small copy: edges, what differs from the mean colour
/// (after Achanta and others, "Frequency-tuned salient region detection", 2009), saturated colours, and skin tones.
final class Saliency {
    private static final int SIDE = 160;

    private static final double EDGES = 0.6;
    private static final double CONTRAST = 1.0;
    private static final double SATURATION = 0.3;
    private static final double SKIN = 0.8;

    private final int width;
    private final int height;
    private final float[] scores;

    private Saliency(int width, int height, float[] scores) {
        this.width = width;
        this.height = height;
        this.scores = scores;
    }

    static Saliency of(Picture.Colour picture, Deadline deadline) {
        double scale = Math.min(1, (double) SIDE / Math.max(picture.width(), picture.height()));
        int width = (int) Math.max(1, Math.round(picture.width() * scale));
        int height = (int) Math.max(1, Math.round(picture.height() * scale));
        int[] argb =
                AreaAverage.shrink(picture, width, height, deadline).asColour().argb();
        double[] mean = mean(argb);
        float[] scores = new float[argb.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                double edge = Math.abs(luma(argb, width, x + 1, y) - luma(argb, width, x - 1, y))
                        + Math.abs(luma(argb, width, x, y + 1) - luma(argb, width, x, y - 1));
                double score = EDGES * Math.min(1, edge / 128)
                        + CONTRAST * contrast(argb[at], mean)
                        + SATURATION * saturation(argb[at])
                        + SKIN * skin(argb[at]);
                scores[at] = (float) (score * (argb[at] >>> 24) / 255);
            }
        }
        return new Saliency(width, height, scores);
    }

    /// Sums over the columns, from left to right.
    float[] columns() {
        float[] sums = new float[width];
        for (int i = 0; i < scores.length; i++) {
            sums[i % width] += scores[i];
        }
        return sums;
    }

    /// Sums over the rows, from top to bottom.
    float[] rows() {
        float[] sums = new float[height];
        for (int i = 0; i < scores.length; i++) {
            sums[i / width] += scores[i];
        }
        return sums;
    }

    private static double luma(int[] argb, int width, int x, int y) {
        int row = Math.clamp(y, 0, argb.length / width - 1);
        int pixel = argb[row * width + Math.clamp(x, 0, width - 1)];
        return Argb.luma(pixel) * (pixel >>> 24) / 255;
    }

    private static double[] mean(int[] argb) {
        double[] sums = new double[3];
        double weight = 0;
        for (int pixel : argb) {
            double alpha = (pixel >>> 24) / 255.0;
            sums[0] += alpha * (pixel >> 16 & 255);
            sums[1] += alpha * (pixel >> 8 & 255);
            sums[2] += alpha * (pixel & 255);
            weight += alpha;
        }
        for (int i = 0; i < 3; i++) {
            sums[i] /= Math.max(weight, 1e-9);
        }
        return sums;
    }

    /// Distance to the mean colour, of which differences in lightness count half.
    private static double contrast(int pixel, double[] mean) {
        double red = (pixel >> 16 & 255) - mean[0];
        double green = (pixel >> 8 & 255) - mean[1];
        double blue = (pixel & 255) - mean[2];
        double light = (red + green + blue) / 3;
        double colour = Math.hypot(Math.hypot(red - light, green - light), blue - light);
        return Math.min(1, (Math.abs(light) / 2 + colour) / 160);
    }

    private static double saturation(int pixel) {
        int red = pixel >> 16 & 255;
        int green = pixel >> 8 & 255;
        int blue = pixel & 255;
        return (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue))) / 255.0;
    }

    /// 1 for the direction of a mean skin tone in RGB, which varies little between people; 0 from some way off.
    private static double skin(int pixel) {
        double red = pixel >> 16 & 255;
        double green = pixel >> 8 & 255;
        double blue = pixel & 255;
        double length = Math.hypot(Math.hypot(red, green), blue);
        if (length < 60) {
            return 0;
        }
        double off = Math.hypot(Math.hypot(red / length - 0.73, green / length - 0.54), blue / length - 0.42);
        return Math.max(0, 1 - off / 0.12);
    }
}
