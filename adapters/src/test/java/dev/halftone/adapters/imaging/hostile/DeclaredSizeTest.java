package dev.halftone.adapters.imaging.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.ImageHeader;
import dev.halftone.adapters.imaging.corpus.Corpus;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.DeclaredSize;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredSizeTest {
    private static final ImageLimits BOUNDLESS =
            new ImageLimits(1L << 40, 1L << 40, Integer.MAX_VALUE, Duration.ofHours(1));

    private static SourceImage source(byte[] bytes) {
        return new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "webp", "bmp", "tiff"})
    void isWhatTheFileSays(String format) {
        byte[] bytes = TestImages.written(TestImages.quarters(123, 45), format);
        assertThat(DeclaredSize.of(source(bytes))).hasValue(new DeclaredSize(123, 45));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "webp", "bmp", "tiff"})
    void isEmptyOrTheSameInEveryCut(String format) {
        byte[] bytes = TestImages.written(TestImages.quarters(123, 45), format);
        ImageFormat known = ImageFormat.sniff(bytes).orElseThrow();
        for (int length = 1; length < bytes.length; length++) {
            Optional<DeclaredSize> declared = DeclaredSize.of(new SourceImage(known, Arrays.copyOf(bytes, length)));
            // A TIFF's first directory can end between the two numbers' entries; what stood there was whole.
            assertThat(declared.isEmpty() || declared.get().equals(new DeclaredSize(123, 45)))
                    .as("%s cut to %d", format, length)
                    .isTrue();
        }
    }

    @Test
    void neverCountsBeyondANumber() {
        assertThat(new DeclaredSize(0xffff_ffffL, 0xffff_ffffL).pixels()).isEqualTo(Long.MAX_VALUE);
        assertThat(new DeclaredSize(7_000, 7_000).pixels()).isEqualTo(49_000_000);
    }

    /// The engines read their headers with another parser.
    @Test
    void agreesWithTheEnginesHeaderOverTheCorpus() throws IOException {
        if (!Corpus.isPresent()) {
            System.out.println("corpus: not beside the checkout; declared sizes are checked on made files alone");
            return;
        }
        SoftAssertions softly = new SoftAssertions();
        int compared = 0;
        for (Corpus.Entry entry : Corpus.images()) {
            byte[] bytes = entry.bytes();
            Optional<PixelSize> stored = stored(bytes);
            if (stored.isEmpty()) {
                continue;
            }
            Optional<DeclaredSize> declared = DeclaredSize.of(source(bytes));
            compared += declared.isPresent() ? 1 : 0;
            long pixels = declared.map(DeclaredSize::pixels).orElse(stored.get().pixels());
            softly.assertThat(pixels)
                    .as(entry.path())
                    .isGreaterThanOrEqualTo(stored.get().pixels());
            softly.assertThat(pixels)
                    .as(entry.path())
                    .isLessThanOrEqualTo(4 * stored.get().pixels());
        }
        softly.assertThat(compared).as("files compared").isGreaterThan(400);
        softly.assertAll();
    }

    private static Optional<PixelSize> stored(byte[] bytes) {
        try {
            return ImageFormat.sniff(bytes)
                    .flatMap(format -> ImageHeader.read(new SourceImage(format, bytes), BOUNDLESS))
                    .map(ImageHeader::stored);
        } catch (HalftoneException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
