package dev.halftone.adapters.imaging.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.adapters.work.FairTurns;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Work whose time is over ends: the one engine thread that there is waits for its next turn, nothing else was
/// started, and the next picture is made on it.
@Timeout(120)
class DeadlineTest {
    private static final TurnOwner OWNER = new TurnOwner() {};
    private static final BufferedImage NOISE = noise(1600, 1200);
    private static final ImageLimits HASTY = new ImageLimits(64 << 20, 50_000_000, 16_383, Duration.ofMillis(5));

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(20261121);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({
        "jpeg, jpeg, JPEG, BEST, false",
        "awt, jpeg, PNG, FAST, false",
        "awt, png, PNG, FAST, false",
        "awt, tiff, JPEG, BEST, false",
        "awt, webp, WEBP, FAST, false",
        "awt, png, WEBP, BEST, true",
    })
    void leavesNoThreadBurning(String engine, String from, TargetFormat to, Effort effort, boolean exact) {
        boolean jpeg = engine.equals("jpeg");
        byte[] file = TestImages.written(NOISE, from);
        SourceImage source = new SourceImage(ImageFormat.sniff(file).orElseThrow(), file);
        Compression compression = Compression.DEFAULT
                .withFormat(to)
                .withEncoding(new Encoding(jpeg ? Profile.SMALLEST : Profile.STANDARD, effort, true));
        Compression wanted = exact ? compression.withTarget(new CompressionTarget.Lossless()) : compression;
        ImageEngine tried = jpeg ? new JpegTranscodeEngine() : new AwtEngine();
        try (FairTurns turns = new FairTurns(1, 1L << 30)) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            assertThat(before).as("the turns' own thread").anyMatch(DeadlineTest::isOfTurns);
            HalftoneException late = catchThrowableOfType(
                    HalftoneException.class, () -> turns.take(OWNER, 0, () -> tried.compress(source, wanted, HASTY)));

            assertThat(late.failure().code()).isEqualTo(FailureCode.PROCESSING_TIMEOUT);
            await().until(() -> idle(before));
            assertThat(started(before)).isEmpty();
            assertThat(made(turns)).isInstanceOf(EngineResult.Encoded.class);
        }
    }

    /// libwebp can't be stopped, so what it has no time for is not begun, or begun with less effort.
    @Test
    void beginsNothingThatCannotBeStopped() {
        byte[] file = TestImages.written(NOISE, "png");
        SourceImage source = new SourceImage(ImageFormat.PNG, file);
        Compression exact =
                Compression.DEFAULT.withFormat(TargetFormat.WEBP).withTarget(new CompressionTarget.Lossless());
        ImageLimits tight = new ImageLimits(64 << 20, 50_000_000, 16_383, Duration.ofMillis(900));

        HalftoneException late =
                catchThrowableOfType(HalftoneException.class, () -> new AwtEngine().compress(source, exact, tight));

        assertThat(late.failure().code()).isEqualTo(FailureCode.PROCESSING_TIMEOUT);
        assertThat(late).hasMessageContaining("no time left to write 1600x1200 pixels as WebP");
    }

    private static EngineResult made(FairTurns turns) {
        byte[] good = TestImages.written(TestImages.quarters(96, 96), "png");
        try {
            return turns.take(
                    OWNER,
                    0,
                    () -> new AwtEngine()
                            .compress(
                                    new SourceImage(ImageFormat.PNG, good),
                                    Compression.DEFAULT.withFormat(TargetFormat.JPEG),
                                    ImageLimits.DEFAULT));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOfTurns(Thread thread) {
        return thread.getName().startsWith("engine-") && thread.isAlive();
    }

    /// Every engine thread of these turns waits for one.
    private static boolean idle(Set<Thread> before) {
        return before.stream()
                .filter(DeadlineTest::isOfTurns)
                .allMatch(thread -> java.util.Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(FairTurns.class.getName())
                                && frame.getMethodName().equals("next")));
    }

    private static Set<String> started(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("awaitility") && !name.startsWith("Java2D Disposer"))
                .collect(Collectors.toSet());
    }
}
