package dev.halftone.adapters.imaging.png;

import java.util.Arrays;
import java.util.Comparator;

/// Up to 256 colours in perceptual space, sorted by green, and the search for the nearest one. Not
/// thread-safe.
final class Palette {
    private final float[] red;
    private final float[] green;
    private final float[] blue;
    private final float[] alpha;
    private final boolean opaque;

    /// @param colours four numbers each
    Palette(float[][] colours) {
        float[][] sorted = colours.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(colour -> colour[1]));
        int n = sorted.length;
        red = new float[n];
        green = new float[n];
        blue = new float[n];
        alpha = new float[n];
        boolean solid = true;
        for (int i = 0; i < n; i++) {
            red[i] = sorted[i][0];
            green[i] = sorted[i][1];
            blue[i] = sorted[i][2];
            alpha[i] = sorted[i][3];
            solid &= alpha[i] > 0.9999f;
        }
        opaque = solid;
    }

    int size() {
        return red.length;
    }

    boolean opaque() {
        return opaque;
    }

    float red(int index) {
        return red[index];
    }

    float green(int index) {
        return green[index];
    }

    float blue(int index) {
        return blue[index];
    }

    float alpha(int index) {
        return alpha[index];
    }

    int argb(int index) {
        return Perception.argb(red[index], green[index], blue[index], alpha[index]);
    }

    float distance(int index, float r, float g, float b, float a) {
        return Perception.distance(red[index] - r, green[index] - g, blue[index] - b, alpha[index] - a);
    }

    /// The nearest colour. Walks outward from `guess` while the distance in green alone could still be less;
    /// over black that difference is part of the distance, so nothing nearer is missed.
    int nearest(float r, float g, float b, float a, int guess) {
        int best = guess;
        float least = distance(guess, r, g, b, a);
        for (int i = guess + 1; i < green.length; i++) {
            float off = green[i] - g;
            if (off > 0 && off * off >= least) {
                break;
            }
            float distance = distance(i, r, g, b, a);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        for (int i = guess - 1; i >= 0; i--) {
            float off = green[i] - g;
            if (off < 0 && off * off >= least) {
                break;
            }
            float distance = distance(i, r, g, b, a);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }
}
