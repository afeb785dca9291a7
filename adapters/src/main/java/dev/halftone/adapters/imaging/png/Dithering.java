package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;

/// Lays a picture on a palette, handing each pixel's error on to its neighbours (Floyd and Steinberg, rows
/// in turn from either side). Smooth areas, where bands would show, get the error in full; at edges and in
/// texture, where dots would show and only cost bytes, it is held back. A pixel whose colour is in the
/// palette takes it and hands nothing on, so plain backgrounds stay plain.
final class Dithering {
    private static final float FULL = 0.9f;

    /// Square distance under which a colour counts as being in the palette: about one step of 8 bits.
    private static final float SAME = 1.0e-5f;

    private final int[] argb;
    private final int width;
    private final int height;
    private final Palette palette;
    private final short[] known;
    private final float reach;
    private final float[][] error = new float[4][];
    private final float[][] below = new float[4][];
    private final byte[] indexes;

    private Dithering(Picture.Colour picture, Palette palette, double allowed) {
        this.argb = picture.argb();
        this.width = picture.width();
        this.height = picture.height();
        this.palette = palette;
        this.known = new short[1 << 21];
        Arrays.fill(known, (short) -1);
        // No more than twice the usual error of one pixel travels on; more would smear over edges.
        this.reach = (float) Math.max(0.02, 2 * Math.sqrt(allowed));
        this.indexes = new byte[argb.length];
        for (int c = 0; c < 4; c++) {
            error[c] = new float[width + 2];
            below[c] = new float[width + 2];
        }
    }

    static Quantised lay(Picture.Colour picture, Palette palette, double measured, double allowed, Deadline deadline) {
        Dithering work = new Dithering(picture, palette, allowed);
        for (int y = 0; y < work.height; y++) {
            deadline.check();
            work.row(y);
        }
        return sorted(work, measured);
    }

    private void row(int y) {
        int step = (y & 1) == 0 ? 1 : -1;
        int x = step > 0 ? 0 : width - 1;
        int guess = palette.size() / 2;
        for (int n = 0; n < width; n++, x += step) {
            int pixel = argb[y * width + x];
            float a = Perception.alpha(pixel);
            float r = Perception.red(pixel);
            float g = Perception.green(pixel);
            float b = Perception.blue(pixel);
            int plain = nearest(r, g, b, a, guess);
            if (palette.distance(plain, r, g, b, a) < SAME) {
                indexes[y * width + x] = (byte) plain;
                guess = plain;
                continue;
            }
            float wantedA = Math.clamp(a + error[3][x + 1], 0, 1);
            float wantedR = Math.clamp(r + error[0][x + 1], 0, wantedA);
            float wantedG = Math.clamp(g + error[1][x + 1], 0, wantedA);
            float wantedB = Math.clamp(b + error[2][x + 1], 0, wantedA);
            int index = nearest(wantedR, wantedG, wantedB, wantedA, plain);
            indexes[y * width + x] = (byte) index;
            guess = index;
            float share = FULL * smoothness(x, y);
            spread(0, x, step, (wantedR - palette.red(index)) * share);
            spread(1, x, step, (wantedG - palette.green(index)) * share);
            spread(2, x, step, (wantedB - palette.blue(index)) * share);
            spread(3, x, step, (wantedA - palette.alpha(index)) * share);
        }
        for (int c = 0; c < 4; c++) {
            float[] swap = error[c];
            error[c] = below[c];
            below[c] = swap;
            Arrays.fill(swap, 0);
        }
    }

    private void spread(int channel, int x, int step, float off) {
        float part = Math.clamp(off, -reach, reach) / 16;
        error[channel][x + 1 + step] += part * 7;
        below[channel][x + 1 - step] += part * 3;
        below[channel][x + 1] += part * 5;
        below[channel][x + 1 + step] += part;
    }

    /// 1 where the neighbours are alike, down to 0.25 at an edge.
    private float smoothness(int x, int y) {
        int at = y * width + x;
        int left = argb[x > 0 ? at - 1 : at];
        int right = argb[x + 1 < width ? at + 1 : at];
        int up = argb[y > 0 ? at - width : at];
        int down = argb[y + 1 < height ? at + width : at];
        int contrast = Math.max(unlike(left, right), unlike(up, down));
        return Math.max(0.25f, 1 - contrast / 96f);
    }

    private static int unlike(int a, int b) {
        int green = Math.abs((a >> 8 & 255) - (b >> 8 & 255));
        int red = Math.abs((a >> 16 & 255) - (b >> 16 & 255));
        int alpha = Math.abs((a >>> 24) - (b >>> 24));
        return Math.max(Math.max(green, alpha), red);
    }

    /// Nearest by a table of small cells: 7 bits a channel for opaque palettes, 4 to 6 with alpha.
    private int nearest(float r, float g, float b, float a, int guess) {
        int cell = palette.opaque()
                ? (int) (r * 127.99f) << 14 | (int) (g * 127.99f) << 7 | (int) (b * 127.99f)
                : (int) (r * 31.99f) << 15 | (int) (g * 63.99f) << 9 | (int) (b * 31.99f) << 4 | (int) (a * 15.99f);
        int found = known[cell];
        if (found < 0) {
            found = palette.nearest(r, g, b, a, guess);
            known[cell] = (short) found;
        }
        return found;
    }

    /// Puts the palette into the order that makes tRNS short and rows alike, and drops entries that no pixel
    /// uses.
    private static Quantised sorted(Dithering work, double measured) {
        boolean[] used = new boolean[256];
        for (byte index : work.indexes) {
            used[index & 255] = true;
        }
        ColourIndex colours = new ColourIndex(256);
        for (int i = 0; i < work.palette.size(); i++) {
            if (used[i]) {
                colours.add(work.palette.argb(i));
            }
        }
        int[] order = ExactForm.inOrder(colours.colours());
        ColourIndex places = new ColourIndex(256);
        for (int colour : order) {
            places.add(colour);
        }
        byte[] moved = new byte[256];
        for (int i = 0; i < work.palette.size(); i++) {
            moved[i] = used[i] ? (byte) places.add(work.palette.argb(i)) : 0;
        }
        byte[] indexes = work.indexes;
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = moved[indexes[i] & 255];
        }
        return new Quantised(work.width, work.height, order, indexes, measured);
    }
}
