package dev.halftone.adapters.imaging.awt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Runs the engine and looks at what came out.
final class EngineProbe {
    private EngineProbe() {}

    static final Compression TO_PNG = Compression.DEFAULT.withFormat(TargetFormat.PNG);
    static final Compression TO_JPEG = Compression.DEFAULT.withFormat(TargetFormat.JPEG);
    static final byte[] LINEAR =
            ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

    static final AwtEngine ENGINE = new AwtEngine();

    static EngineResult result(byte[] bytes, Compression compression) {
        return ENGINE.compress(
                new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes), compression, ImageLimits.DEFAULT);
    }

    static EncodedImage made(byte[] bytes, Compression compression) {
        EngineResult result = result(bytes, compression);
        assertThat(result).isInstanceOf(EngineResult.Encoded.class);
        return ((EngineResult.Encoded) result).image();
    }

    static BufferedImage open(byte[] bytes) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    /// The colours of the four corners, a quarter in.
    static int[] corners(BufferedImage image) {
        int w = image.getWidth();
        int h = image.getHeight();
        return new int[] {image.getRGB(w / 8, h / 8), image.getRGB(w * 7 / 8, h / 8), image.getRGB(w / 8, h * 7 / 8)};
    }

    static void assertClose(int[] seen, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat((seen[i] >> shift & 255) - (wanted[i] >> shift & 255))
                        .as("corner %d is %08x, wanted %08x", i, seen[i], wanted[i])
                        .isBetween(-14, 14);
            }
        }
    }

    static final int RED = 0xdc1e1e;
    static final int GREEN = 0x1ec81e;
    static final int BLUE = 0x1e1edc;

    static void assertRefused(byte[] bytes, String code) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> result(bytes, Compression.DEFAULT)))
                .hasMessageStartingWith(code);
    }
}
