package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;

/// Maps a picture to a palette. What a pixel is off is spread to its neighbours (Floyd and Steinberg 1976, rows in turn
/// from
/// either side), so that smooth areas do not band; less where the picture itself is busy, since noise there costs bytes
/// and shows nothing.
final class Dither {
    private static final float STRENGTH = 0.75f;
    private static final float STRENGTH_WHERE_BUSY = 0.25f;
    private static final int BUSY = 40;
    private static final int CELL_BITS = 6;

    private final int[] palette;
    private final float[] paletteSpace;
    private final short[] nearest;
    private final boolean opaque;

    Dither(int[] palette) {
        this.palette = palette;
        this.paletteSpace = new float[4 * palette.length];
        boolean all = true;
        for (int i = 0; i < palette.length; i++) {
            ColourSpace.put(palette[i], paletteSpace, 4 * i);
            all &= palette[i] >>> 24 == 255;
        }
        this.opaque = all;
        this.nearest = new short[1 << (opaque ? 3 : 4) * CELL_BITS - (opaque ? 0 : 2)];
        Arrays.fill(nearest, (short) -1);
    }

    /// @param spread whether errors are spread; not needed where every colour is in the palette
    /// @return an index into the palette for each pixel
    byte[] map(Picture picture, boolean spread, Deadline deadline) {
        int[] argb = picture.asColour().argb();
        int width = picture.width();
        byte[] indexes = new byte[argb.length];
        float[] here = new float[4 * (width + 2)];
        float[] below = new float[4 * (width + 2)];
        for (int y = 0; y < picture.height(); y++) {
            deadline.check();
            boolean leftToRight = (y & 1) == 0;
            int step = leftToRight ? 1 : -1;
            for (int n = 0, x = leftToRight ? 0 : width - 1; n < width; n++, x += step) {
                int at = y * width + x;
                int pixel = argb[at];
                if (pixel >>> 24 == 0) {
                    indexes[at] = (byte) indexOf(0, 0, 0, 0);
                    continue;
                }
                int e = 4 * (x + 1);
                int r = Math.clamp(Math.round((pixel >> 16 & 255) + here[e]), 0, 255);
                int g = Math.clamp(Math.round((pixel >> 8 & 255) + here[e + 1]), 0, 255);
                int b = Math.clamp(Math.round((pixel & 255) + here[e + 2]), 0, 255);
                int a = opaque ? 255 : Math.clamp(Math.round((pixel >>> 24) + here[e + 3]), 0, 255);
                int index = indexOf(r, g, b, a);
                indexes[at] = (byte) index;
                if (spread) {
                    float strength = busy(argb, at, x, y, width) ? STRENGTH_WHERE_BUSY : STRENGTH;
                    int chosen = palette[index];
                    share(here, below, e, 4 * step, 0, (r - (chosen >> 16 & 255)) * strength);
                    share(here, below, e, 4 * step, 1, (g - (chosen >> 8 & 255)) * strength);
                    share(here, below, e, 4 * step, 2, (b - (chosen & 255)) * strength);
                    share(here, below, e, 4 * step, 3, (a - (chosen >>> 24)) * strength);
                }
            }
            float[] swap = here;
            here = below;
            below = swap;
            Arrays.fill(below, 0);
        }
        return indexes;
    }

    private static void share(float[] here, float[] below, int at, int step, int channel, float error) {
        here[at + step + channel] += error * 7 / 16;
        below[at - step + channel] += error * 3 / 16;
        below[at + channel] += error * 5 / 16;
        below[at + step + channel] += error / 16;
    }

    private static boolean busy(int[] argb, int at, int x, int y, int width) {
        int pixel = argb[at];
        return x > 0 && apart(pixel, argb[at - 1]) > BUSY || y > 0 && apart(pixel, argb[at - width]) > BUSY;
    }

    private static int apart(int one, int other) {
        return Math.abs((one >> 16 & 255) - (other >> 16 & 255))
                + Math.abs((one >> 8 & 255) - (other >> 8 & 255))
                + Math.abs((one & 255) - (other & 255))
                + Math.abs((one >>> 24) - (other >>> 24));
    }

    /// The nearest entry, looked up by the cell of the colour and found once for each cell.
    private int indexOf(int r, int g, int b, int a) {
        int drop = 8 - CELL_BITS;
        int cell = (r >> drop) << 2 * CELL_BITS | (g >> drop) << CELL_BITS | b >> drop;
        if (!opaque) {
            cell = cell << CELL_BITS - 2 | a >> 4;
        }
        int found = nearest[cell];
        if (found < 0) {
            found = search(cellColour(r, g, b, a));
            nearest[cell] = (short) found;
        }
        return found;
    }

    /// The middle of the cell, but black, white, clear and opaque stay exact: they are looked at most.
    private int cellColour(int r, int g, int b, int a) {
        int alpha = opaque || a >= 0xf0 ? 255 : a < 0x10 ? 0 : a & 0xf0 | 8;
        return alpha << 24 | middle(r) << 16 | middle(g) << 8 | middle(b);
    }

    private static int middle(int sample) {
        return sample < 4 ? 0 : sample >= 252 ? 255 : sample & 0xfc | 2;
    }

    private int search(int argb) {
        float[] point = new float[4];
        ColourSpace.put(argb, point, 0);
        int best = 0;
        float least = Float.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            float difference = ColourSpace.difference(point, 0, paletteSpace, 4 * i);
            if (difference < least) {
                least = difference;
                best = i;
            }
        }
        return best;
    }

    /// Indexes of a picture all of whose colours are in the palette.
    byte[] exact(Picture picture) {
        java.util.Map<Integer, Integer> places = new java.util.HashMap<>();
        for (int i = 0; i < palette.length; i++) {
            places.putIfAbsent(palette[i], i);
        }
        int[] argb = picture.asColour().argb();
        byte[] indexes = new byte[argb.length];
        int last = 0;
        int lastIndex = -1;
        for (int i = 0; i < argb.length; i++) {
            int pixel = argb[i] >>> 24 == 0 ? 0 : argb[i];
            if (lastIndex < 0 || pixel != last) {
                last = pixel;
                lastIndex = java.util.Objects.requireNonNull(places.get(pixel));
            }
            indexes[i] = (byte) lastIndex;
        }
        return indexes;
    }
}
