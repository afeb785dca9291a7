package dev.halftone.adapters.imaging.corpus;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.halftone.domain.image.EncodedImage;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/// Looks at outputs with decoders that the engine does not use for them: the JDK's for JPEG, PNG, GIF, BMP
/// and TIFF, TwelveMonkeys' for WebP. What it sees is sRGB over white.
public final class StockView {
    private StockView() {}

    public static BufferedImage open(EncodedImage image) throws IOException {
        byte[] bytes = image.bytes();
        BufferedImage read = switch (image.format()) {
            case WEBP -> webp(bytes);
            default -> ImageIO.read(new ByteArrayInputStream(bytes));
        };
        if (read == null) {
            throw new IOException("nobody reads this " + image.format());
        }
        BufferedImage flat = onWhite(read);
        Optional<byte[]> profile = switch (image.format()) {
            case PNG -> iccp(bytes);
            // TwelveMonkeys' reader hands the profile on as the image's colour space, and drawing applied it.
            default -> Optional.empty();
        };
        return profile.isPresent() ? converted(flat, profile.get()) : flat;
    }

    private static BufferedImage webp(byte[] bytes) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance();
        reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(bytes)));
        return reader.read(0);
    }

    /// Grey with or without alpha is laid out by its samples: drawing it would lighten it.
    private static BufferedImage onWhite(BufferedImage image) {
        BufferedImage flat = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Raster raster = image.getRaster();
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && image.getColorModel().getColorSpace().isCS_sRGB() == false
                && !(image.getColorModel() instanceof java.awt.image.IndexColorModel);
        if (!grey) {
            Graphics2D graphics = flat.createGraphics();
            graphics.setColor(java.awt.Color.WHITE);
            graphics.fillRect(0, 0, flat.getWidth(), flat.getHeight());
            graphics.drawImage(image, 0, 0, null);
            graphics.dispose();
            return flat;
        }
        int bits = image.getColorModel().getComponentSize(0);
        int top = (1 << bits) - 1;
        boolean iccGrey = !image.getColorModel().getColorSpace().equals(ColorSpace.getInstance(ColorSpace.CS_GRAY));
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int value = raster.getSample(x, y, 0) * 255 / top;
                if (iccGrey) {
                    float[] seen = image.getColorModel().getColorSpace().toRGB(new float[] {value / 255f});
                    value = Math.round(255 * seen[1]);
                }
                int alpha = raster.getNumBands() > 1 ? raster.getSample(x, y, 1) * 255 / top : 255;
                flat.setRGB(x, y, (value * alpha + 255 * (255 - alpha)) / 255 * 0x010101);
            }
        }
        return flat;
    }

    private static Optional<byte[]> iccp(byte[] png) {
        int at = 8;
        ByteBuffer view = ByteBuffer.wrap(png);
        while (at + 12 <= png.length) {
            int length = view.getInt(at);
            if (new String(png, at + 4, 4, java.nio.charset.StandardCharsets.ISO_8859_1).equals("iCCP")) {
                int nul = at + 8;
                while (png[nul] != 0) {
                    nul++;
                }
                try (InflaterInputStream in =
                        new InflaterInputStream(new ByteArrayInputStream(png, nul + 2, at + 8 + length - nul - 2))) {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    in.transferTo(out);
                    return Optional.of(out.toByteArray());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            at += 12 + length;
        }
        return Optional.empty();
    }

    private static BufferedImage converted(BufferedImage image, byte[] profile) {
        ICC_ColorSpace from = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
        WritableRaster in = Raster.createInterleavedRaster(0, image.getWidth(), image.getHeight(), 3, null);
        WritableRaster out = Raster.createInterleavedRaster(0, image.getWidth(), image.getHeight(), 3, null);
        int[] pixels = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        if (from.getNumComponents() == 1) {
            for (int i = 0; i < pixels.length; i++) {
                float[] seen = from.toRGB(new float[] {pixels[i] / 255f});
                pixels[i] = Math.round(255 * seen[1]);
            }
            out.setPixels(0, 0, image.getWidth(), image.getHeight(), pixels);
        } else {
            in.setPixels(0, 0, image.getWidth(), image.getHeight(), pixels);
            new ColorConvertOp(from, ColorSpace.getInstance(ColorSpace.CS_sRGB), null).filter(in, out);
        }
        BufferedImage seen = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        seen.getRaster()
                .setPixels(
                        0,
                        0,
                        image.getWidth(),
                        image.getHeight(),
                        out.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null));
        return seen;
    }

    /// Nine mean colours, rows first, three channels each.
    public static int[] grid(BufferedImage image) {
        int[] grid = new int[27];
        for (int cell = 0; cell < 9; cell++) {
            int left = image.getWidth() * (cell % 3) / 3;
            int right = Math.max(left + 1, image.getWidth() * (cell % 3 + 1) / 3);
            int top = image.getHeight() * (cell / 3) / 3;
            int bottom = Math.max(top + 1, image.getHeight() * (cell / 3 + 1) / 3);
            long[] sum = new long[3];
            long n = 0;
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++, n++) {
                    int rgb = image.getRGB(x, y);
                    sum[0] += rgb >> 16 & 255;
                    sum[1] += rgb >> 8 & 255;
                    sum[2] += rgb & 255;
                }
            }
            for (int c = 0; c < 3; c++) {
                grid[3 * cell + c] = (int) (sum[c] / n);
            }
        }
        return grid;
    }
}
