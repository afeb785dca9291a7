package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;

/// The distinct colours of a picture and how many pixels have each. Where there are too many to work with, the low bits
/// are dropped until there are few enough; the picture's own pixels are not touched by that.
final class ColourHistogram {
    /// More colours make no better palette, but finding one costs time in proportion.
    private static final int MOST = 1 << 14;

    private final int[] colours;
    private final int[] counts;
    private final boolean exact;

    private ColourHistogram(int[] colours, int[] counts, boolean exact) {
        this.colours = colours;
        this.counts = counts;
        this.exact = exact;
    }

    static ColourHistogram of(Picture picture) {
        if (picture instanceof Picture.Grey grey) {
            return ofGrey(grey);
        }
        int[] argb = picture.asColour().argb();
        for (int dropped = 0; ; dropped++) {
            Counter counter = new Counter();
            if (counter.count(argb, dropped)) {
                return counter.histogram(dropped == 0);
            }
        }
    }

    private static ColourHistogram ofGrey(Picture.Grey grey) {
        int[] levels = new int[256];
        for (byte sample : grey.samples()) {
            levels[sample & 255]++;
        }
        int[] colours = new int[256];
        int[] counts = new int[256];
        int size = 0;
        for (int level = 0; level < 256; level++) {
            if (levels[level] > 0) {
                colours[size] = 0xff000000 | level * 0x010101;
                counts[size++] = levels[level];
            }
        }
        return new ColourHistogram(Arrays.copyOf(colours, size), Arrays.copyOf(counts, size), true);
    }

    int size() {
        return colours.length;
    }

    int colour(int index) {
        return colours[index];
    }

    int count(int index) {
        return counts[index];
    }

    int[] colours() {
        return colours;
    }

    /// Whether these are the very colours of the picture.
    boolean isExact() {
        return exact;
    }

    /// An open-addressing hash table from colour to count.
    private static final class Counter {
        private static final int SLOT_BITS = 15;
        private static final int SLOTS = 1 << SLOT_BITS;

        private final int[] keys = new int[SLOTS];
        private final int[] values = new int[SLOTS];
        private int used;

        boolean count(int[] argb, int dropped) {
            int mask = 0xff & (0xff << dropped);
            int keep = mask * 0x01010101;
            int last = 0;
            int slot = -1;
            for (int pixel : argb) {
                int colour = pixel >>> 24 == 0 ? 0 : pixel & keep | (dropped > 0 ? middle(dropped) : 0);
                if (slot >= 0 && colour == last) {
                    values[slot]++;
                    continue;
                }
                last = colour;
                slot = colour * 0x9E3779B1 >>> 32 - SLOT_BITS;
                while (values[slot] != 0 && keys[slot] != colour) {
                    slot = slot + 1 & SLOTS - 1;
                }
                if (values[slot]++ == 0) {
                    keys[slot] = colour;
                    if (++used > MOST) {
                        return false;
                    }
                }
            }
            return true;
        }

        /// Opaque stays opaque; the colour samples move to the middle of what was dropped.
        private static int middle(int dropped) {
            int half = 1 << dropped - 1;
            return half * 0x010101 | ((1 << dropped) - 1) << 24;
        }

        ColourHistogram histogram(boolean exact) {
            int[] colours = new int[used];
            int[] counts = new int[used];
            int at = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                if (values[slot] > 0) {
                    colours[at] = keys[slot];
                    counts[at++] = values[slot];
                }
            }
            return new ColourHistogram(colours, counts, exact);
        }
    }
}
