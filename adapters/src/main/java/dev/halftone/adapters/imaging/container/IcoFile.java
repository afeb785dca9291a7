package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.image.ImageLimits;

/// The directory of a Windows icon: one picture in several sizes, each a bitmap without its file header or a
/// PNG.
public final class IcoFile {
    private IcoFile() {}

    /// Checks every size in the file, and answers for the largest one.
    static ImageHeader header(byte[] bytes, ImageLimits limits) {
        ByteView view = ByteView.littleEndian(bytes);
        ImageHeader largest = null;
        for (int i = 0; i < count(view); i++) {
            ImageHeader entry = entry(view, i, limits);
            if (largest == null || entry.stored().pixels() > largest.stored().pixels()) {
                largest = entry;
            }
        }
        if (largest == null) {
            throw ByteView.damaged("the icon has no picture in it");
        }
        return largest;
    }

    /// Index of the largest picture with the most colours.
    public static int largest(byte[] bytes) {
        ByteView view = ByteView.littleEndian(bytes);
        int best = 0;
        long bestScore = -1;
        for (int i = 0; i < count(view); i++) {
            ImageHeader entry = entry(view, i, ImageLimits.DEFAULT);
            long score = entry.stored().pixels() * 64 + Math.min(63, view.u16(6 + 16L * i + 6));
            if (score > bestScore) {
                best = i;
                bestScore = score;
            }
        }
        return best;
    }

    private static int count(ByteView view) {
        int count = view.u16(4);
        view.need(6, 16L * count);
        return count;
    }

    private static ImageHeader entry(ByteView view, int index, ImageLimits limits) {
        long at = view.u32(6 + 16L * index + 12);
        view.need(at, Math.max(16, view.u32(6 + 16L * index + 8)));
        if (view.startsWith(at, "\211PNG")) {
            ByteView png = ByteView.bigEndian(view.bytes());
            return ImageHeader.of(png.u32(at + 16), png.u32(at + 20), 1, 1, limits);
        }
        // The height counts the colour rows and the mask rows.
        return ImageHeader.of((int) view.u32(at + 4), Math.abs((long) (int) view.u32(at + 8)) / 2, 1, 1, limits);
    }
}
