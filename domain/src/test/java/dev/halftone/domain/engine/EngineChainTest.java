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
import java.util.List;
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
            public EngineResult compress(SourceImage source, Compression compression, ImageLimits limits) {
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
        return new EngineChain(engines, ORIGINALS).compress(SOURCE, compression, ImageLimits.DEFAULT);
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
