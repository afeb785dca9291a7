package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Pictures made for these tests, and the decoder as they call it.
final class MadeJpegs {
    private MadeJpegs() {}

    /// Waves, hard edges and noise in all colours, so that every coefficient and every neighbour counts.
    static byte[] pixmap(int width, int height) {
        Random random = new Random(31L * width + height);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("P6\n%d %d\n255\n".formatted(width, height).getBytes(StandardCharsets.US_ASCII));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean edge = (x / 11 + y / 7) % 2 == 0;
                out.write((int) (128 + 100 * Math.sin(x / 5.0 + y / 9.0)) + random.nextInt(20));
                out.write(edge ? 255 - random.nextInt(8) : random.nextInt(60));
                out.write((x * 7 + y * 3 + random.nextInt(90)) % 256);
            }
        }
        return out.toByteArray();
    }

    static byte[] jpeg(int width, int height, String... options) {
        return LibjpegTurbo.cjpeg(pixmap(width, height), options);
    }

    static ScaledImage decode(byte[] jpeg, Scale scale) {
        return decode(jpeg, scale, () -> {});
    }

    static ScaledImage decode(byte[] jpeg, Scale scale, Runnable eachBand) {
        JpegStream stream = StructureReader.read(jpeg, Integer.MAX_VALUE);
        return ScaledDecoder.decode(stream, scale, colours(jpeg), eachBand);
    }

    /// The rules of libjpeg-turbo.
    private static Colours colours(byte[] jpeg) {
        JpegFile file = JpegFile.parse(jpeg);
        return switch (file.frame().components()) {
            case 1 -> Colours.GRAY;
            case 4 -> Colours.FOUR;
            default -> {
                boolean named = Arrays.equals(file.frame().ids(), new int[] {'R', 'G', 'B'});
                boolean rgb = !file.hasJfif()
                        && file.adobeTransform()
                                .map(transform -> transform == 0)
                                .orElse(named);
                yield rgb ? Colours.RGB : Colours.YCBCR;
            }
        };
    }

    /// Samples as a pixmap has them.
    static byte[] samples(ScaledImage image) {
        return switch (image) {
            case ScaledImage.Gray gray -> gray.samples();
            case ScaledImage.Four four -> four.samples();
            case ScaledImage.Rgb rgb -> {
                byte[] out = new byte[3 * rgb.pixels().length];
                for (int i = 0; i < rgb.pixels().length; i++) {
                    out[3 * i] = (byte) (rgb.pixels()[i] >> 16);
                    out[3 * i + 1] = (byte) (rgb.pixels()[i] >> 8);
                    out[3 * i + 2] = (byte) rgb.pixels()[i];
                }
                yield out;
            }
        };
    }
}
