package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/// Samples out of a `BufferedImage` and into one, copied from the raster. Never through `getRGB` or a colour
/// conversion: those make grey pictures lighter.
final class Samples {
    private Samples() {}

    /// The picture as its file has it, 8 bits a sample.
    ///
    /// @throws HalftoneException `unsupported_format` for colour models whose colours can't be vouched for
    static Picture of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel index) {
            return indexed(image, index);
        }
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && isWhole(image)) {
            return bgr(image);
        }
        if (model instanceof DirectColorModel) {
            return direct(image);
        }
        int space = model.getColorSpace().getType();
        int type = image.getRaster().getTransferType();
        boolean plain = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
        if (!plain || model.isAlphaPremultiplied()) {
            throw unsupported("samples of an unusual kind");
        }
        int bits = model.getComponentSize(0);
        return switch (space) {
            case ColorSpace.TYPE_GRAY -> grey(image, model.hasAlpha(), bits);
            case ColorSpace.TYPE_RGB -> rgb(image, model.hasAlpha(), bits);
            default -> throw unsupported("a colour space other than grey and RGB");
        };
    }

    private static HalftoneException unsupported(String what) {
        return HalftoneException.of(FailureCode.UNSUPPORTED_FORMAT, "this variant of the format holds " + what);
    }

    private static boolean isWhole(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData().length
                == 3L * image.getWidth() * image.getHeight();
    }

    private static Picture bgr(BufferedImage image) {
        byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int[] argb = new int[image.getWidth() * image.getHeight()];
        for (int i = 0, at = 0; i < argb.length; i++, at += 3) {
            argb[i] = 0xff000000 | (bytes[at + 2] & 255) << 16 | (bytes[at + 1] & 255) << 8 | bytes[at] & 255;
        }
        return new Picture.Colour(image.getWidth(), image.getHeight(), argb, true);
    }

    private static Picture indexed(BufferedImage image, IndexColorModel model) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] argb = new int[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRaster().getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                argb[y * width + x] = model.getRGB(row[x]);
            }
        }
        return Picture.Colour.of(width, height, argb);
    }

    private static Picture direct(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        boolean standard = image.getType() == BufferedImage.TYPE_INT_ARGB;
        if (standard
                && image.getRaster().getDataBuffer() instanceof DataBufferInt buffer
                && buffer.getData().length == width * height) {
            // The reader's image is ours alone: no second copy of it.
            return Picture.Colour.of(width, height, buffer.getData());
        }
        DirectColorModel model = (DirectColorModel) image.getColorModel();
        int[] argb = new int[width * height];
        int[] row = new int[width];
        short[] narrow = new short[width];
        boolean wide = image.getRaster().getTransferType() == DataBuffer.TYPE_INT;
        for (int y = 0; y < height; y++) {
            image.getRaster().getDataElements(0, y, width, 1, wide ? row : narrow);
            for (int x = 0; x < width; x++) {
                argb[y * width + x] = model.getRGB(wide ? row[x] : narrow[x] & 0xffff);
            }
        }
        return Picture.Colour.of(width, height, argb);
    }

    private static Picture grey(BufferedImage image, boolean alpha, int bits) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (alpha) {
            return greyAndAlpha(image, bits);
        }
        byte[] samples = new byte[width * height];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRaster().getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                samples[y * width + x] = (byte) eight(row[x], bits);
            }
        }
        return new Picture.Grey(width, height, samples);
    }

    private static Picture greyAndAlpha(BufferedImage image, int bits) {
        int width = image.getWidth();
        int[] argb = new int[width * image.getHeight()];
        int[] row = new int[2 * width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                argb[y * width + x] = eight(row[2 * x + 1], bits) << 24 | eight(row[2 * x], bits) * 0x010101;
            }
        }
        return Picture.Colour.of(width, image.getHeight(), argb);
    }

    private static Picture rgb(BufferedImage image, boolean alpha, int bits) {
        int width = image.getWidth();
        int bands = image.getRaster().getNumBands();
        int[] argb = new int[width * image.getHeight()];
        int[] row = new int[bands * width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getPixels(0, y, width, 1, row);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                int a = alpha ? eight(row[i + 3], bits) : 255;
                argb[y * width + x] =
                        a << 24 | eight(row[i], bits) << 16 | eight(row[i + 1], bits) << 8 | eight(row[i + 2], bits);
            }
        }
        return Picture.Colour.of(width, image.getHeight(), argb);
    }

    private static int eight(int value, int bits) {
        int top = (1 << bits) - 1;
        return bits == 8 ? value : (value * 255 + top / 2) / top;
    }

    /// An image over the picture's own array where it is a colour one.
    static BufferedImage imageOf(Picture picture) {
        return switch (picture) {
            case Picture.Grey grey -> {
                BufferedImage image = new BufferedImage(grey.width(), grey.height(), BufferedImage.TYPE_BYTE_GRAY);
                byte[] to = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
                System.arraycopy(grey.samples(), 0, to, 0, to.length);
                yield image;
            }
            case Picture.Colour colour -> {
                ColorModel model =
                        colour.opaque() ? new DirectColorModel(24, 0xff0000, 0xff00, 0xff) : ColorModel.getRGBdefault();
                int[] masks = colour.opaque()
                        ? new int[] {0xff0000, 0xff00, 0xff}
                        : new int[] {0xff0000, 0xff00, 0xff, 0xff000000};
                WritableRaster raster = Raster.createPackedRaster(
                        new DataBufferInt(colour.argb(), colour.argb().length),
                        colour.width(),
                        colour.height(),
                        colour.width(),
                        masks,
                        null);
                yield new BufferedImage(model, raster, false, null);
            }
        };
    }

    /// An array over the image that was made here or by imgscalr.
    static int[] argbOf(BufferedImage image) {
        int[] argb = new int[image.getWidth() * image.getHeight()];
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), argb, 0, image.getWidth());
        return image.getColorModel().hasAlpha() ? argb : opaque(argb);
    }

    private static int[] opaque(int[] argb) {
        Arrays.setAll(argb, i -> argb[i] | 0xff000000);
        return argb;
    }
}
