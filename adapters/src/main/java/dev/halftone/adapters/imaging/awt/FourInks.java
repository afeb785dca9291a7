package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.util.Optional;

/// CMYK and YCCK samples of a JPEG, to sRGB: through the embedded profile where it works, else by the plain
/// formula. All samples count as inverted (255 is no ink), as Adobe writes them and all browsers take them.
final class FourInks {
    private FourInks() {}

    /// @param raster the four components as stored
    /// @param ycck whether the first three are coded as YCbCr
    static Picture toSrgb(Raster raster, boolean ycck, Optional<byte[]> icc, Deadline deadline) {
        int width = raster.getWidth();
        int[] argb = new int[width * raster.getHeight()];
        Optional<ColorConvertOp> profile = icc.flatMap(FourInks::conversion);
        byte[] row = new byte[4 * width];
        byte[] rgb = new byte[3 * width];
        for (int y = 0; y < raster.getHeight(); y++) {
            deadline.check();
            raster.getDataElements(0, y, width, 1, row);
            if (ycck) {
                uncode(row);
            }
            if (profile.isPresent()) {
                convert(profile.get(), row, rgb, width);
            } else {
                multiply(row, rgb);
            }
            for (int x = 0; x < width; x++) {
                argb[y * width + x] =
                        0xff000000 | (rgb[3 * x] & 255) << 16 | (rgb[3 * x + 1] & 255) << 8 | rgb[3 * x + 2] & 255;
            }
        }
        return new Picture.Colour(width, raster.getHeight(), argb, true);
    }

    /// Luminance and chrominance back to inks; the factors are those of JFIF.
    private static void uncode(byte[] row) {
        for (int i = 0; i < row.length; i += 4) {
            int luma = row[i] & 255;
            int cb = (row[i + 1] & 255) - 128;
            int cr = (row[i + 2] & 255) - 128;
            row[i] = inverse(luma + 1.402 * cr);
            row[i + 1] = inverse(luma - 0.344136 * cb - 0.714136 * cr);
            row[i + 2] = inverse(luma + 1.772 * cb);
        }
    }

    private static byte inverse(double sample) {
        return (byte) (255 - Math.clamp(Math.round(sample), 0, 255));
    }

    private static void multiply(byte[] row, byte[] rgb) {
        for (int i = 0, out = 0; i < row.length; i += 4) {
            int black = row[i + 3] & 255;
            for (int c = 0; c < 3; c++) {
                rgb[out++] = (byte) (((row[i + c] & 255) * black + 127) / 255);
            }
        }
    }

    private static void convert(ColorConvertOp profile, byte[] row, byte[] rgb, int width) {
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) ~row[i];
        }
        profile.filter(
                Raster.createInterleavedRaster(
                        new DataBufferByte(row, row.length), width, 1, 4 * width, 4, new int[] {0, 1, 2, 3}, null),
                Raster.createInterleavedRaster(
                        new DataBufferByte(rgb, rgb.length), width, 1, 3 * width, 3, new int[] {0, 1, 2}, null));
    }

    /// Empty where the profile is damaged or one for other colours.
    private static Optional<ColorConvertOp> conversion(byte[] icc) {
        try {
            ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(icc));
            if (space.getType() != ColorSpace.TYPE_CMYK) {
                return Optional.empty();
            }
            ColorConvertOp op = new ColorConvertOp(space, ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
            convert(op, new byte[4], new byte[3], 1);
            return Optional.of(op);
        } catch (IllegalArgumentException | CMMException | IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }
}
