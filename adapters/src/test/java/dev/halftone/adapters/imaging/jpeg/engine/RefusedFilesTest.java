package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What the codec refuses is declined with a reason, and the pixel engine has its try.
class RefusedFilesTest {
    private static final String REASON = "(?s).*marker FF[0-9A-F]{2} at byte \\d+: expected .+, found .+";

    private static byte[] photo(String... options) {
        return Libjpeg.encode(Pixels.photo(320, 240, 3).toPnm(), options);
    }

    /// As motion JPEG has its frames: the tables are those of T.81 K.3.
    @Test
    void aFileWithoutHuffmanTablesGoesToThePixelEngine() {
        byte[] whole = photo("-quality", "92");
        byte[] bare = JpegParts.of(whole).removeAll(Markers.DHT).toBytes();
        assertThat(Engines.reason(bare, Compression.DEFAULT)).matches(REASON);
        EncodedImage made = Engines.through(bare, Compression.DEFAULT).image();
        assertThat(Libjpeg.pixels(made.bytes()).psnr(Libjpeg.pixels(whole))).isGreaterThan(25);
    }

    @Test
    void aDamagedFileEndsAsCorrupt() {
        byte[] whole = photo("-quality", "92");
        for (int bytes : new int[] {whole.length / 3, whole.length / 2, whole.length - 400, whole.length - 3}) {
            byte[] cut = Arrays.copyOf(whole, bytes);
            for (Compression compression :
                    new Compression[] {Compression.DEFAULT, Engines.LOSSLESS, Engines.bytes(cut.length / 2)}) {
                assertThat(Engines.reason(cut, compression)).matches(REASON);
                HalftoneException failed =
                        catchThrowableOfType(HalftoneException.class, () -> Engines.through(cut, compression));
                assertThat(failed.failure().code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
            }
        }
    }

    /// And the buffers that it was met in serve the next file.
    @Test
    void damageInsideTheDataIsDeclinedWithItsPlace() {
        for (String[] options : new String[][] {{"-quality", "92"}, {"-quality", "92", "-progressive"}}) {
            byte[] whole = photo(options);
            byte[] before = Engines.made(whole, Compression.DEFAULT);
            byte[] damaged = JpegParts.of(whole)
                    .change(Markers.SOS, scan -> scan.withData(Arrays.copyOf(scan.data(), scan.data().length / 2)))
                    .toBytes();
            assertThat(Engines.reason(damaged, Compression.DEFAULT)).matches(REASON);
            assertThat(Engines.made(whole, Compression.DEFAULT)).isEqualTo(before);
        }
    }

    @Test
    void otherFormatsAndSizesAreDeclined() {
        byte[] jpeg = photo("-quality", "80");
        assertThat(Engines.reason(jpeg, Compression.DEFAULT.withFormat(TargetFormat.PNG)))
                .contains("JPEG");
        assertThat(Engines.reason(jpeg, Compression.DEFAULT.withBounds(OptionalInt.of(100), OptionalInt.empty())))
                .contains("resizing");
        assertThat(Engines.made(jpeg, Compression.DEFAULT.withBounds(OptionalInt.of(320), OptionalInt.empty())))
                .isNotEmpty();
        assertThat(Engines.JPEG.compress(
                        new SourceImage(ImageFormat.PNG, jpeg), Compression.DEFAULT, ImageLimits.DEFAULT))
                .isInstanceOf(EngineResult.Declined.class);
    }

    @Test
    void limitsHoldBeforeAnythingIsDecoded() {
        byte[] jpeg = photo("-quality", "80");
        HalftoneException large = catchThrowableOfType(
                HalftoneException.class,
                () -> Engines.JPEG.compress(
                        Engines.source(jpeg), Compression.DEFAULT, ImageLimits.DEFAULT.withMaxBytes(100)));
        assertThat(large.failure().code()).isEqualTo(FailureCode.TOO_LARGE);
        assertThat(Engines.JPEG.compress(
                        Engines.source(jpeg), Compression.DEFAULT, ImageLimits.DEFAULT.withMaxPixels(1000)))
                .isInstanceOf(EngineResult.Declined.class);
    }
}
