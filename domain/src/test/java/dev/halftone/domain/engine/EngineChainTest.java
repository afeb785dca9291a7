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
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineChainTest {
    private static final PixelSize SIZE = new PixelSize(10, 10);
    private static final SourceImage SOURCE = new SourceImage(ImageFormat.JPEG, new byte[1000]);
    private static final OriginalKeeper ORIGINALS =
            (source, shown, policy) -> EncodedImage.of(source.format(), source.bytes(), shown);

    private static ImageEngine answering(String name, EngineResult result) {
        return new ImageEngine() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public EngineResult run(
                    SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
                return result;
            }
        };
    }

    private static EngineResult bytes(int count, boolean resized) {
        return new EngineResult.Encoded(EncodedImage.of(ImageFormat.JPEG, new byte[count], SIZE), resized);
    }

    private static EngineChain.Compressed compress(Compression compression, EngineResult... results) {
        List<ImageEngine> engines = java.util.Arrays.stream(results)
                .map(result -> answering("engine", result))
                .toList();
        return new EngineChain(engines, ORIGINALS, System::nanoTime).compress(SOURCE, compression, ImageLimits.DEFAULT);
    }

    @Test
    void deliversWhatIsSmaller() {
        EngineChain.Compressed made = compress(Compression.DEFAULT, bytes(999, false));

        assertThat(made.keptOriginal()).isFalse();
        assertThat(made.image().bytes()).hasSize(999);
    }

    @Test
    void keepsTheOriginalUnlessTheResultIsSmaller() {
        assertThat(compress(Compression.DEFAULT, bytes(1000, false)).keptOriginal())
                .isTrue();
        assertThat(compress(Compression.DEFAULT, bytes(1001, false)).image().bytes())
                .hasSize(1000);
    }

    @Test
    void keepsTheOriginalBelowTheLeastSaving() {
        Compression tenPercent = Compression.DEFAULT.withMinSavings(10);

        assertThat(compress(tenPercent, bytes(901, false)).keptOriginal()).isTrue();
        assertThat(compress(tenPercent, bytes(900, false)).keptOriginal()).isFalse();
    }

    @Test
    void deliversAResizedPictureWhateverItsSize() {
        assertThat(compress(Compression.DEFAULT, bytes(2000, true)).image().bytes())
                .hasSize(2000);
    }

    @Test
    void asksTheNextEngineWhenOneDeclines() {
        EngineChain.Compressed made =
                compress(Compression.DEFAULT, new EngineResult.Declined("arithmetic coding"), bytes(500, false));

        assertThat(made.image().bytes()).hasSize(500);
    }

    @Test
    void notesWhyAnImageIsKept() {
        EngineChain.Compressed made = compress(Compression.DEFAULT, new EngineResult.Keep(SIZE, "animated"));

        assertThat(made.keptOriginal()).isTrue();
        assertThat(made.image().notes()).containsExactly("animated");
    }

    private static final Compression TO_600 = Compression.DEFAULT.withTarget(new CompressionTarget.ToBytes(600));

    @Test
    void deliversWhatMeetsATargetInBytes() {
        EngineChain.Compressed made = compress(TO_600, bytes(600, false));

        assertThat(made.keptOriginal()).isFalse();
        assertThat(made.image().notes()).isEmpty();
    }

    @Test
    void saysWhenATargetInBytesIsMissed() {
        assertThat(compress(TO_600, bytes(601, false)).image().notes())
                .containsExactly("targetBytes=600 not reachable: 601 bytes is the smallest");
        assertThat(compress(TO_600, bytes(5_000, true)).image().notes())
                .containsExactly("targetBytes=600 not reachable: 5,000 bytes is the smallest");
        EngineChain.Compressed larger = compress(TO_600, bytes(1_200, false));
        assertThat(larger.keptOriginal()).isTrue();
        assertThat(larger.image().notes())
                .containsExactly("targetBytes=600 not reachable: 1,000 bytes is the smallest");
        assertThat(compress(TO_600, new EngineResult.Keep(SIZE, "animated"))
                        .image()
                        .notes())
                .containsExactly("animated", "targetBytes=600 not reachable: 1,000 bytes is the smallest");
    }

    @Test
    void namesTheShareInBytes() {
        Compression half = Compression.DEFAULT.withTarget(new CompressionTarget.ToRatio(0.5));

        assertThat(compress(half, bytes(500, false)).image().notes()).isEmpty();
        assertThat(compress(half, bytes(501, false)).image().notes())
                .containsExactly("targetRatio=0.5 (500 bytes) not reachable: 501 bytes is the smallest");
    }

    @Test
    void leavesItToTheEngineToTellMore() {
        EncodedImage told = new EncodedImage(
                ImageFormat.JPEG, new byte[700], SIZE, List.of("targetBytes=600 not reachable: as the engine says"));

        assertThat(compress(TO_600, new EngineResult.Encoded(told, false)).image())
                .isEqualTo(told);
    }

    @Test
    void keepsAnOriginalThatMeetsTheTargetAlready() {
        Compression enough = Compression.DEFAULT.withTarget(new CompressionTarget.ToBytes(1000));

        EngineChain.Compressed made = compress(enough, bytes(990, false));

        assertThat(made.keptOriginal()).isTrue();
        assertThat(made.image().bytes()).hasSize(1000);
        assertThat(made.image().notes()).containsExactly("targetBytes=1000 is met by the original: kept as it is");
    }

    @Test
    void keepsAnOriginalThatMeetsTheTargetWithoutItsMetadata() {
        OriginalKeeper cutting = (source, shown, policy) -> EncodedImage.of(source.format(), new byte[580], shown);

        EngineChain.Compressed made = new EngineChain(
                        List.of(answering("engine", bytes(570, false))), cutting, System::nanoTime)
                .compress(SOURCE, TO_600, ImageLimits.DEFAULT);

        assertThat(made.keptOriginal()).isTrue();
        assertThat(made.image().bytes()).hasSize(580);
    }

    @Test
    void putsTheLeastSavingBeforeATarget() {
        EngineChain.Compressed made = compress(TO_600.withMinSavings(50), bytes(590, false));

        assertThat(made.keptOriginal()).isTrue();
        assertThat(made.image().notes())
                .containsExactly("targetBytes=600 not met: less than minSavings=50 would be saved, so the original is"
                        + " kept");
    }

    @Test
    void failsWithEveryReasonWhenAllDecline() {
        HalftoneException thrown = catchThrowableOfType(
                HalftoneException.class,
                () -> compress(
                        Compression.DEFAULT,
                        new EngineResult.Declined("reason one"),
                        new EngineResult.Declined("two")));

        assertThat(thrown.failure().code()).isEqualTo(FailureCode.UNSUPPORTED_FORMAT);
        assertThat(thrown.failure().detail()).contains("reason one", "two");
    }
}
