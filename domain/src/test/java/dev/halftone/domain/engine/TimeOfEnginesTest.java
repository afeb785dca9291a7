package dev.halftone.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The time that an image may take, however many engines look at it.
class TimeOfEnginesTest {
    private static final PixelSize SIZE = new PixelSize(10, 10);
    private static final SourceImage SOURCE = new SourceImage(ImageFormat.JPEG, new byte[1000]);
    private static final Pipeline PIPELINE = Pipeline.of(Compression.DEFAULT);
    private static final EngineResult MADE =
            new EngineResult.Encoded(EncodedImage.of(ImageFormat.JPEG, new byte[500], SIZE), false);

    private final List<Duration> given = new ArrayList<>();
    private long now = 7;

    /// An engine that takes so long to give an answer.
    private ImageEngine taking(Duration time, EngineResult answer) {
        return new ImageEngine() {
            @Override
            public String name() {
                return "taking " + time;
            }

            @Override
            public EngineResult run(
                    SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
                given.add(limits.processing());
                now += time.toNanos();
                return answer;
            }
        };
    }

    private EngineChain chain(ImageEngine... engines) {
        return new EngineChain(
                List.of(engines),
                (source, shown, policy) -> EncodedImage.of(source.format(), source.bytes(), shown),
                () -> now);
    }

    private static EngineResult declined() {
        return new EngineResult.Declined("not for me");
    }

    @Test
    void whatAnEngineTookThatDeclinesIsNotThereForTheNext() {
        chain(taking(Duration.ofSeconds(12), declined()), taking(Duration.ofSeconds(10), MADE))
                .compress(SOURCE, Compression.DEFAULT, ImageLimits.DEFAULT);

        assertThat(given).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(18));
    }

    @Test
    void nobodyIsAskedWhenTheTimeIsOver() {
        EngineChain chain = chain(taking(Duration.ofSeconds(30), declined()), taking(Duration.ZERO, MADE));

        HalftoneException thrown = catchThrowableOfType(
                HalftoneException.class, () -> chain.compress(SOURCE, Compression.DEFAULT, ImageLimits.DEFAULT));

        assertThat(thrown.failure().code()).isEqualTo(FailureCode.PROCESSING_TIMEOUT);
        assertThat(thrown.failure().detail()).contains("30.0 s");
        assertThat(given).hasSize(1);
    }

    @Test
    void eachOutputOfAnImageHasTheWholeTime() {
        EngineChain chain = chain(taking(Duration.ofSeconds(12), declined()), taking(Duration.ofSeconds(10), MADE));

        try (EngineChain.Opened opened = chain.open(SOURCE, List.of(PIPELINE, PIPELINE), ImageLimits.DEFAULT)) {
            opened.run(PIPELINE, false);
            opened.run(PIPELINE, false);
        }

        assertThat(given)
                .containsExactly(
                        Duration.ofSeconds(30), Duration.ofSeconds(18), Duration.ofSeconds(30), Duration.ofSeconds(18));
    }
}
