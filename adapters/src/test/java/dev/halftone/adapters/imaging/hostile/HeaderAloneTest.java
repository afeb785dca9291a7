package dev.halftone.adapters.imaging.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.inspect.PictureInspector;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A picture beyond the limits is refused on its header alone. Files that end where the header does, or go on
/// as noise, get the same answer as whole ones: who had looked further would have called them damaged.
class HeaderAloneTest {
    private static final EngineChain CHAIN = new EngineChain(
            List.of(new JpegTranscodeEngine(), new AwtEngine()), new ContainerOriginalKeeper(), System::nanoTime);

    @TestFactory
    Stream<DynamicTest> decidesWithoutTheRest() {
        assertThat(Bombs.ofHeaders()).hasSize(8);
        return Bombs.ofHeaders().entrySet().stream()
                .map(bomb -> DynamicTest.dynamicTest(bomb.getKey(), () -> assertRefused(bomb)));
    }

    private static void assertRefused(Map.Entry<String, Bombs.Bomb> entry) {
        Bombs.Bomb bomb = entry.getValue();
        byte[] whole = bomb.bytes();
        byte[] cut = Arrays.copyOf(whole, bomb.header());
        byte[] noise = new byte[bomb.header() + (1 << 20)];
        new Random(20261121).nextBytes(noise);
        System.arraycopy(cut, 0, noise, 0, cut.length);
        for (byte[] file : List.of(whole, cut, noise)) {
            SourceImage source = new SourceImage(ImageFormat.sniff(whole).orElseThrow(), file);
            assertThat(codeOf(() -> CHAIN.compress(source, Compression.DEFAULT, ImageLimits.DEFAULT)))
                    .as("%s of %d bytes", entry.getKey(), file.length)
                    .isEqualTo(FailureCode.TOO_MANY_PIXELS);
            assertThat(codeOf(() -> new PictureInspector().inspect(source, ImageLimits.DEFAULT)))
                    .as("%s of %d bytes, as an upload", entry.getKey(), file.length)
                    .isEqualTo(FailureCode.TOO_MANY_PIXELS);
        }
    }

    private static FailureCode codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return catchThrowableOfType(HalftoneException.class, work).failure().code();
    }
}
