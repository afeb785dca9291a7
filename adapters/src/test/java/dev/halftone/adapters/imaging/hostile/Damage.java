package dev.halftone.adapters.imaging.hostile;

import static dev.halftone.adapters.imaging.TestImages.quarters;
import static dev.halftone.adapters.imaging.TestImages.written;

import dev.halftone.adapters.imaging.TestImages;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Five small sound files of each format that is read, and ways to damage them.
final class Damage {

    private Damage() {}

    static Map<String, List<byte[]>> seeds() {
        BufferedImage colour = quarters(48, 40);
        BufferedImage clear = quarters(40, 48, BufferedImage.TYPE_INT_ARGB);
        BufferedImage grey = quarters(33, 21, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage indexed = quarters(24, 17, BufferedImage.TYPE_BYTE_INDEXED);
        BufferedImage bits = quarters(19, 23, BufferedImage.TYPE_BYTE_BINARY);
        Map<String, List<byte[]>> seeds = new TreeMap<>();
        seeds.put(
                "jpeg",
                List.of(
                        TestImages.jpeg(colour, 0.8f),
                        TestImages.jpeg(grey, 0.5f),
                        TestImages.cmykJpeg(48, 40, 10, 200, 30, 0),
                        TestImages.withSegments(
                                TestImages.jpeg(colour, 0.9f),
                                TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6))),
                        Bombs.scans(20, 2048, 512, 1)));
        seeds.put(
                "png",
                List.of(
                        written(colour, "png"),
                        written(clear, "png"),
                        written(indexed, "png"),
                        written(bits, "png"),
                        TestImages.interlacedPng(colour)));
        for (String format : List.of("gif", "bmp", "tiff")) {
            seeds.put(
                    format,
                    List.of(
                            written(indexed, format),
                            written(bits, format),
                            written(quarters(9, 60, BufferedImage.TYPE_BYTE_INDEXED), format),
                            written(quarters(61, 8, BufferedImage.TYPE_BYTE_INDEXED), format),
                            format.equals("gif") ? TestImages.animatedGif(3) : written(colour, format)));
        }
        seeds.put(
                "webp",
                List.of(
                        written(colour, "webp"),
                        written(clear, "webp"),
                        written(quarters(1, 1), "webp"),
                        written(quarters(100, 9), "webp"),
                        written(quarters(64, 64), "webp")));
        seeds.put(
                "ico",
                List.of(
                        Bombs.ico(1, written(colour, "png")),
                        Bombs.ico(1, written(clear, "png")),
                        Bombs.ico(1, written(indexed, "png")),
                        Bombs.ico(2, written(bits, "png")),
                        Bombs.ico(1, written(grey, "png"))));
        return seeds;
    }

    /// Cut somewhere, or with one to six bits turned, most of them near the beginning.
    static byte[] damaged(byte[] seed, Random random) {
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(seed, random.nextInt(seed.length));
        }
        byte[] out = seed.clone();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(200, out.length) : out.length);
            out[at] ^= (byte) (1 << random.nextInt(8));
        }
        return out;
    }
}
