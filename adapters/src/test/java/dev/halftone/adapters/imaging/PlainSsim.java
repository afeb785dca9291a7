package dev.halftone.adapters.imaging;

import java.awt.image.BufferedImage;

/// Mean SSIM of the luma, written as the paper's formula reads, window by window: slow, and nobody's relative.
public final class PlainSsim {
    private static final int SIDE = 11;

    private PlainSsim() {}

    public static double between(BufferedImage a, BufferedImage b) {
        double[] weights = new double[SIDE * SIDE];
        double all = 0;
        for (int i = 0; i < weights.length; i++) {
            int x = i % SIDE - SIDE / 2;
            int y = i / SIDE - SIDE / 2;
            weights[i] = Math.exp(-(x * x + y * y) / 4.5);
            all += weights[i];
        }
        double sum = 0;
        int windows = 0;
        for (int top = 0; top + SIDE <= a.getHeight(); top += 2) {
            for (int left = 0; left + SIDE <= a.getWidth(); left += 2) {
                sum += window(a, b, left, top, weights, all);
                windows++;
            }
        }
        return sum / windows;
    }

    private static double window(BufferedImage a, BufferedImage b, int left, int top, double[] weights, double all) {
        double[] mean = new double[5];
        for (int i = 0; i < weights.length; i++) {
            double p = luma(a.getRGB(left + i % SIDE, top + i / SIDE));
            double q = luma(b.getRGB(left + i % SIDE, top + i / SIDE));
            double weight = weights[i] / all;
            mean[0] += weight * p;
            mean[1] += weight * q;
            mean[2] += weight * p * p;
            mean[3] += weight * q * q;
            mean[4] += weight * p * q;
        }
        double c1 = Math.pow(0.01 * 255, 2);
        double c2 = Math.pow(0.03 * 255, 2);
        double varianceA = mean[2] - mean[0] * mean[0];
        double varianceB = mean[3] - mean[1] * mean[1];
        double covariance = mean[4] - mean[0] * mean[1];
        return (2 * mean[0] * mean[1] + c1)
                * (2 * covariance + c2)
                / ((mean[0] * mean[0] + mean[1] * mean[1] + c1) * (varianceA + varianceB + c2));
    }

    private static double luma(int rgb) {
        return 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
    }
}
