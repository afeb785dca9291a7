package dev.halftone.adapters.imaging;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Looks at an output as a colour-managed viewer does: stock ImageIO decodes, the embedded profile is applied, clear
/// parts
/// lie on white.
final class Colours {
    private Colours() {}

    static BufferedImage shown(EncodedImage image) throws IOException {
        Optional<byte[]> icc = switch (image.format()) {
            case JPEG -> JpegFile.parse(image.bytes()).icc();
            case PNG -> PngFile.parse(image.bytes()).icc();
            case WEBP -> WebpFile.parse(image.bytes()).icc();
            default -> Optional.empty();
        };
        byte[] bytes = image.format() == ImageFormat.JPEG
                ? JpegFile.parse(image.bytes()).rewritten(segment -> segment.marker() != 0xe2, new byte[0])
                : image.bytes();
        BufferedImage decoded = onWhite(Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes))));
        if (icc.isEmpty()) {
            return decoded;
        }
        ICC_Profile profile = ICC_Profile.getInstance(icc.get());
        if (profile.getNumComponents() != 3) {
            return decoded;
        }
        BufferedImage converted =
                new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_RGB);
        new ColorConvertOp(new ICC_ColorSpace(profile), ColorSpace.getInstance(ColorSpace.CS_sRGB), null)
                .filter(decoded.getRaster(), converted.getRaster());
        return converted;
    }

    private static BufferedImage onWhite(BufferedImage image) {
        BufferedImage flat = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        if (image.getRaster().getNumBands() == 1
                && image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            Raster raster = image.getRaster();
            int shift = Math.max(0, image.getColorModel().getComponentSize(0) - 8);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    flat.setRGB(x, y, (raster.getSample(x, y, 0) >> shift) * 0x010101);
                }
            }
            return flat;
        }
        Graphics2D graphics = flat.createGraphics();
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, flat.getWidth(), flat.getHeight());
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return flat;
    }

    /// The largest difference of a channel in any of the nine fields.
    static int distance(BufferedImage image, String grid) {
        int worst = 0;
        for (int field = 0; field < 9; field++) {
            int wanted = Integer.parseInt(grid.substring(field * 6, field * 6 + 6), 16);
            int found = mean(image, field % 3, field / 3);
            for (int shift = 0; shift <= 16; shift += 8) {
                worst = Math.max(worst, Math.abs((wanted >> shift & 255) - (found >> shift & 255)));
            }
        }
        return worst;
    }

    private static int mean(BufferedImage image, int column, int row) {
        int left = image.getWidth() * column / 3;
        int right = image.getWidth() * (column + 1) / 3;
        int top = image.getHeight() * row / 3;
        int bottom = image.getHeight() * (row + 1) / 3;
        long[] sums = new long[3];
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int rgb = image.getRGB(x, y);
                sums[0] += rgb >> 16 & 255;
                sums[1] += rgb >> 8 & 255;
                sums[2] += rgb & 255;
            }
        }
        long count = Math.max(1, (long) (right - left) * (bottom - top));
        return (int) (sums[0] / count) << 16 | (int) (sums[1] / count) << 8 | (int) (sums[2] / count);
    }
}
