package dev.halftone.adapters.imaging.png;

import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;

/// Chooses the smallest form in which PNG can hold a picture without changing a sample: grey at 1 to 8 bits,
/// a palette where there are at most 256 colours, else grey and alpha, RGB or RGBA.
final class ExactForm {
    private ExactForm() {}

    /// @param stayColour never choose a grey form
    static Scanlines of(Picture picture, boolean stayColour) {
        return switch (stayColour ? picture : picture.greyIfGrey()) {
            case Picture.Grey grey -> grey(grey);
            case Picture.Colour colour -> {
                int[] palette = fewColours(colour.argb());
                yield palette.length > 0 ? indexed(colour, palette) : trueColour(colour, stayColour);
            }
        };
    }

    private static Scanlines grey(Picture.Grey grey) {
        byte[] samples = grey.samples();
        int depth = 1;
        for (byte sample : samples) {
            int value = sample & 255;
            while (depth < 8 && value % (255 / ((1 << depth) - 1)) != 0) {
                depth *= 2;
            }
        }
        int bits = depth;
        int scale = 255 / ((1 << bits) - 1);
        return new Scanlines(grey.width(), grey.height(), 0, bits, new int[0], (y, row) -> {
            int at = y * grey.width();
            for (int x = 0; x < grey.width(); x++) {
                put(row, x, (samples[at + x] & 255) / scale, bits);
            }
        });
    }

    /// Whether the picture is held without loss by a grey form or a palette.
    static boolean isSimple(Picture picture) {
        return switch (picture.greyIfGrey()) {
            case Picture.Grey grey -> true;
            case Picture.Colour colour -> fewColours(colour.argb()).length > 0;
        };
    }

    /// The colours of the picture, at most 256; empty where there are more. All clear colours count as one.
    private static int[] fewColours(int[] argb) {
        ColourIndex seen = new ColourIndex(256);
        int last = argb[0] ^ 1;
        for (int pixel : argb) {
            if (pixel != last) {
                last = pixel;
                if (seen.add(pixel >>> 24 == 0 ? 0 : pixel) < 0) {
                    return new int[0];
                }
            }
        }
        return seen.colours();
    }

    private static Scanlines indexed(Picture.Colour colour, int[] found) {
        int[] palette = inOrder(found);
        ColourIndex index = new ColourIndex(256);
        for (int entry : palette) {
            index.add(entry);
        }
        return indexed(colour.width(), colour.height(), palette, (y, row, bits) -> {
            int at = y * colour.width();
            for (int x = 0; x < colour.width(); x++) {
                int pixel = colour.argb()[at + x];
                put(row, x, index.add(pixel >>> 24 == 0 ? 0 : pixel), bits);
            }
        });
    }

    /// Entries with alpha first, so that tRNS stays short; then from dark to light.
    static int[] inOrder(int[] colours) {
        return Arrays.stream(colours)
                .boxed()
                .sorted((a, b) -> {
                    boolean opaqueA = a >>> 24 == 255;
                    boolean opaqueB = b >>> 24 == 255;
                    return opaqueA != opaqueB ? Boolean.compare(opaqueA, opaqueB) : Integer.compare(luma(a), luma(b));
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int luma(int argb) {
        return 299 * (argb >> 16 & 255) + 587 * (argb >> 8 & 255) + 114 * (argb & 255);
    }

    interface Indexes {
        void pack(int y, byte[] row, int bits);
    }

    static Scanlines indexed(int width, int height, int[] palette, Indexes indexes) {
        int bits = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : palette.length <= 16 ? 4 : 8;
        return new Scanlines(width, height, 3, bits, palette, (y, row) -> indexes.pack(y, row, bits));
    }

    static void put(byte[] row, int x, int value, int bits) {
        if (bits == 8) {
            row[x] = (byte) value;
        } else {
            int bit = x * bits;
            row[bit >> 3] |= (byte) (value << 8 - bits - (bit & 7));
        }
    }

    private static Scanlines trueColour(Picture.Colour colour, boolean stayColour) {
        int[] argb = colour.argb();
        int width = colour.width();
        if (colour.opaque()) {
            return new Scanlines(width, colour.height(), 2, 8, new int[0], (y, row) -> {
                for (int x = 0, i = 0, at = y * width; x < width; x++, i += 3) {
                    int pixel = argb[at + x];
                    row[i] = (byte) (pixel >> 16);
                    row[i + 1] = (byte) (pixel >> 8);
                    row[i + 2] = (byte) pixel;
                }
            });
        }
        if (!stayColour && colour.isNeutral()) {
            return new Scanlines(width, colour.height(), 4, 8, new int[0], (y, row) -> {
                for (int x = 0, at = y * width; x < width; x++) {
                    int pixel = clean(argb[at + x]);
                    row[2 * x] = (byte) pixel;
                    row[2 * x + 1] = (byte) (pixel >> 24);
                }
            });
        }
        return new Scanlines(width, colour.height(), 6, 8, new int[0], (y, row) -> {
            for (int x = 0, i = 0, at = y * width; x < width; x++, i += 4) {
                int pixel = clean(argb[at + x]);
                row[i] = (byte) (pixel >> 16);
                row[i + 1] = (byte) (pixel >> 8);
                row[i + 2] = (byte) pixel;
                row[i + 3] = (byte) (pixel >> 24);
            }
        });
    }

    /// What stands under a clear pixel is never seen and only costs bytes.
    private static int clean(int pixel) {
        return pixel >>> 24 == 0 ? 0 : pixel;
    }
}
