package dev.halftone.adapters.imaging.awt;

import static dev.halftone.adapters.imaging.TestImages.jpeg;
import static dev.halftone.adapters.imaging.TestImages.quarters;
import static dev.halftone.adapters.imaging.TestImages.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwtEngineDamageTest {
    private static final Set<FailureCode> SENSIBLE = Set.of(
            FailureCode.CORRUPT_IMAGE,
            FailureCode.UNSUPPORTED_FORMAT,
            FailureCode.TOO_MANY_PIXELS,
            FailureCode.PROCESSING_TIMEOUT);

    private final EngineChain chain =
            new EngineChain(java.util.List.of(new AwtEngine()), new ContainerOriginalKeeper(), System::nanoTime);

    /// Bytes are changed, cut out and doubled at random (always the same way); whatever comes of it, the
    /// answer is a picture or a failure of the image.
    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "cmyk", "png", "gif", "animation", "webp", "bmp", "tiff"})
    void damageEndsAsAFailureOfTheImage(String kind) {
        byte[] seed = seed(kind);
        ImageFormat format = ImageFormat.sniff(seed).orElseThrow();
        Random random = new Random(kind.hashCode());
        ImageLimits limits = ImageLimits.DEFAULT.withMaxPixels(1_000_000);
        for (int run = 0; run < 150; run++) {
            SourceImage source = new SourceImage(format, damaged(seed, random));
            TargetFormat target = run % 2 == 0 ? TargetFormat.KEEP : TargetFormat.PNG;
            try {
                chain.compress(source, Compression.DEFAULT.withFormat(target), limits);
            } catch (HalftoneException e) {
                assertThat(SENSIBLE)
                        .as("run %d: %s", run, e.getMessage())
                        .contains(e.failure().code());
            }
        }
    }

    private static byte[] seed(String kind) {
        return switch (kind) {
            case "jpeg" -> jpeg(quarters(48, 40), 0.8f);
            case "cmyk" -> TestImages.cmykJpeg(48, 40, 10, 200, 30, 0);
            case "animation" -> TestImages.animatedGif(3);
            default -> written(quarters(48, 40), kind);
        };
    }

    private static byte[] damaged(byte[] seed, Random random) {
        byte[] out = seed.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            // Headers are where it hurts.
            int at = 8 + random.nextInt(random.nextBoolean() ? Math.min(200, out.length - 8) : out.length - 8);
            out[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextBoolean() ? 0 : 255);
        }
        int from = random.nextInt(out.length);
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(out, Math.max(12, from)) : out;
    }
}
