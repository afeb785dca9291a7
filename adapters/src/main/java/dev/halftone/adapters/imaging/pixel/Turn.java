package dev.halftone.adapters.imaging.pixel;

/// Turns stored pixels upright by the eight orientations of EXIF (CIPA DC-008, tag 0x0112).
public final class Turn {
    private Turn() {}

    /// @param orientation 1 to 8
    public static Picture upright(Picture stored, int orientation) {
        if (orientation == 1) {
            return stored;
        }
        boolean swapped = orientation >= 5;
        int width = swapped ? stored.height() : stored.width();
        int height = swapped ? stored.width() : stored.height();
        return switch (stored) {
            case Picture.Grey grey -> {
                byte[] out = new byte[grey.samples().length];
                for (int y = 0; y < height; y++) {
                    int from = source(stored, orientation, 0, y);
                    int step = width > 1 ? source(stored, orientation, 1, y) - from : 0;
                    for (int x = 0, at = y * width; x < width; x++, at++, from += step) {
                        out[at] = grey.samples()[from];
                    }
                }
                yield new Picture.Grey(width, height, out);
            }
            case Picture.Colour colour -> {
                int[] out = new int[colour.argb().length];
                for (int y = 0; y < height; y++) {
                    int from = source(stored, orientation, 0, y);
                    int step = width > 1 ? source(stored, orientation, 1, y) - from : 0;
                    for (int x = 0, at = y * width; x < width; x++, at++, from += step) {
                        out[at] = colour.argb()[from];
                    }
                }
                yield new Picture.Colour(width, height, out, colour.opaque());
            }
        };
    }

    /// Where in the stored picture the upright pixel (x, y) comes from.
    private static int source(Picture stored, int orientation, int x, int y) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        int sx = switch (orientation) {
            case 2 -> right - x;
            case 3 -> right - x;
            case 4 -> x;
            case 5 -> y;
            case 6 -> y;
            case 7 -> right - y;
            case 8 -> right - y;
            default -> x;
        };
        int sy = switch (orientation) {
            case 2 -> y;
            case 3 -> bottom - y;
            case 4 -> bottom - y;
            case 5 -> x;
            case 6 -> bottom - x;
            case 7 -> bottom - x;
            case 8 -> x;
            default -> y;
        };
        return sy * stored.width() + sx;
    }
}
