package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Picture;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/// Between AWT's images and plain pictures. Grey samples are copied as they are: AWT takes them for linear light and
/// makes
/// them lighter when it converts them.
final class BufferedPictures {
    private BufferedPictures() {}

    static Picture picture(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !(model instanceof IndexColorModel);
        if (grey && image.getRaster().getNumBands() <= 2) {
            return grey(image);
        }
        int width = image.getWidth();
        int height = image.getHeight();
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
                && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getSize() == 3 * width * height) {
            return new Picture.Colour(width, height, ofBgr(buffer.getData(), width * height), true);
        }
        int[] argb = new int[width * height];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, argb, y * width, width);
        }
        return Picture.Colour.of(width, height, argb);
    }

    private static int[] ofBgr(byte[] samples, int pixels) {
        int[] argb = new int[pixels];
        for (int i = 0, at = 0; i < pixels; i++, at += 3) {
            argb[i] = 0xff000000 | (samples[at + 2] & 255) << 16 | (samples[at + 1] & 255) << 8 | samples[at] & 255;
        }
        return argb;
    }

    private static Picture grey(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        int bits = image.getColorModel().getComponentSize(0);
        int most = (1 << bits) - 1;
        boolean alpha = raster.getNumBands() == 2;
        int[] row = new int[width * raster.getNumBands()];
        byte[] samples = new byte[alpha ? 0 : width * height];
        int[] argb = new int[alpha ? width * height : 0];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                if (alpha) {
                    argb[y * width + x] = eight(row[2 * x + 1], most) << 24 | eight(row[2 * x], most) * 0x010101;
                } else {
                    samples[y * width + x] = (byte) eight(row[x], most);
                }
            }
        }
        return alpha ? Picture.Colour.of(width, height, argb) : new Picture.Grey(width, height, samples);
    }

    private static int eight(int sample, int most) {
        return most == 255 ? sample : (int) ((sample * 255L + most / 2) / most);
    }

    /// An opaque image for a JPEG writer; the picture's alpha is ignored.
    static BufferedImage opaque(Picture picture) {
        return switch (picture) {
            case Picture.Grey grey -> {
                BufferedImage image = new BufferedImage(grey.width(), grey.height(), BufferedImage.TYPE_BYTE_GRAY);
                image.getRaster().setDataElements(0, 0, grey.width(), grey.height(), grey.samples());
                yield image;
            }
            case Picture.Colour colour -> {
                BufferedImage image = new BufferedImage(colour.width(), colour.height(), BufferedImage.TYPE_3BYTE_BGR);
                putBgr(colour.argb(), ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
                yield image;
            }
        };
    }

    /// The writer copies rows of bytes whole, but rows of ints sample by sample.
    private static void putBgr(int[] argb, byte[] samples) {
        int at = 0;
        for (int pixel : argb) {
            samples[at] = (byte) pixel;
            samples[at + 1] = (byte) (pixel >> 8);
            samples[at + 2] = (byte) (pixel >> 16);
            at += 3;
        }
    }

    /// The picture's own array as an image, with alpha where the picture has any.
    static BufferedImage withAlpha(Picture.Colour colour) {
        return sharing(colour, colour.opaque() ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    }

    private static BufferedImage sharing(Picture.Colour colour, int type) {
        BufferedImage model = new BufferedImage(1, 1, type);
        DataBuffer buffer = new DataBufferInt(colour.argb(), colour.argb().length);
        WritableRaster raster = Raster.createWritableRaster(
                model.getSampleModel().createCompatibleSampleModel(colour.width(), colour.height()),
                buffer,
                new Point(0, 0));
        return new BufferedImage(model.getColorModel(), raster, false, null);
    }
}
