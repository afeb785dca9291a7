package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import java.util.List;

/// Writes finished rows of components into the picture, with the colour conversion of JFIF in 16-bit fixed
/// point (`jdcolor.c` of the IJG's library, bit for bit).
final class PictureRows {
    private static final int CR_TO_RED = fixed(1.40200);
    private static final int CB_TO_BLUE = fixed(1.77200);
    private static final int CR_TO_GREEN = fixed(0.71414);
    private static final int CB_TO_GREEN = fixed(0.34414);
    private static final int HALF = 1 << 15;

    private final Colours colours;
    private final int width;
    private final int height;
    private final byte[] bytes;
    private final int[] pixels;

    private PictureRows(Colours colours, int width, int height) {
        this.colours = colours;
        this.width = width;
        this.height = height;
        int area = Math.multiplyExact(width, height);
        bytes = switch (colours) {
            case GRAY -> new byte[area];
            case FOUR -> new byte[Math.multiplyExact(4, area)];
            case YCBCR, RGB -> new byte[0];
        };
        pixels = new int[bytes.length == 0 ? area : 0];
    }

    static PictureRows of(Colours colours, int width, int height) {
        return new PictureRows(colours, width, height);
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << 16) + 0.5);
    }

    ScaledImage image() {
        return switch (colours) {
            case GRAY -> new ScaledImage.Gray(width, height, bytes);
            case YCBCR, RGB -> new ScaledImage.Rgb(width, height, pixels);
            case FOUR -> new ScaledImage.Four(width, height, bytes);
        };
    }

    /// Writes the rows of the picture from `from` to before `to`.
    void write(List<Upsampling> components, int from, int to) {
        for (int y = from; y < Math.min(to, height); y++) {
            for (Upsampling component : components) {
                component.row(y);
            }
            Upsampling first = components.getFirst();
            switch (colours) {
                case GRAY -> System.arraycopy(first.samples(), first.offset(), bytes, y * width, width);
                case YCBCR -> convert(first, components.get(1), components.get(2), y * width);
                case RGB -> copy(first, components.get(1), components.get(2), y * width);
                case FOUR -> interleave(components, 4 * y * width);
            }
        }
    }

    private void convert(Upsampling luma, Upsampling blue, Upsampling red, int out) {
        byte[] ys = luma.samples();
        byte[] cbs = blue.samples();
        byte[] crs = red.samples();
        int y0 = luma.offset();
        int cb0 = blue.offset();
        int cr0 = red.offset();
        for (int x = 0; x < width; x++) {
            int y = ys[y0 + x] & 255;
            int cb = (cbs[cb0 + x] & 255) - 128;
            int cr = (crs[cr0 + x] & 255) - 128;
            int r = y + (CR_TO_RED * cr + HALF >> 16);
            int g = y + (HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr >> 16);
            int b = y + (CB_TO_BLUE * cb + HALF >> 16);
            r = Math.min(Math.max(r, 0), 255);
            g = Math.min(Math.max(g, 0), 255);
            b = Math.min(Math.max(b, 0), 255);
            pixels[out + x] = 0xff000000 | r << 16 | g << 8 | b;
        }
    }

    private void copy(Upsampling red, Upsampling green, Upsampling blue, int out) {
        for (int x = 0; x < width; x++) {
            pixels[out + x] = 0xff000000
                    | (red.samples()[red.offset() + x] & 255) << 16
                    | (green.samples()[green.offset() + x] & 255) << 8
                    | blue.samples()[blue.offset() + x] & 255;
        }
    }

    private void interleave(List<Upsampling> components, int out) {
        for (int c = 0; c < 4; c++) {
            byte[] in = components.get(c).samples();
            int at = components.get(c).offset();
            for (int x = 0, to = out + c; x < width; x++, to += 4) {
                bytes[to] = in[at + x];
            }
        }
    }
}
