package dev.halftone.adapters.imaging.tesseract;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/// Pictures with text on them, in the font that comes with the product.
public final class Written {
    private Written() {}

    /// A line in black, in the middle.
    ///
    /// @param ground what it stands on; clear where it is clear
    public static byte[] png(String line, int width, int height, int ground) throws IOException {
        Operation mark = new Operation.TextMark(
                line, new Operation.Placement(Gravity.CENTER, 1, 8, false), 0.12, Rgba.BLACK, false);
        EngineResult result = new AwtEngine()
                .run(
                        new SourceImage(ImageFormat.PNG, plain(width, height, ground)),
                        new Pipeline(List.of(mark), Compression.DEFAULT.withTarget(new CompressionTarget.Lossless())),
                        Map.of(),
                        ImageLimits.DEFAULT);
        return ((EngineResult.Encoded) result).image().bytes();
    }

    static byte[] plain(int width, int height, int ground) throws IOException {
        BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plain.setRGB(x, y, ground);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(plain, "png", bytes);
        return bytes.toByteArray();
    }

    /// The same as a port gives it.
    static EncodedImage image(String line, int width, int height) throws IOException {
        return EncodedImage.of(ImageFormat.PNG, png(line, width, height, 0xffffffff), new PixelSize(width, height));
    }
}
