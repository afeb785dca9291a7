package dev.halftone.adapters.imaging.jpeg.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.InParallel;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.SmallJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Refused;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Taken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every single bit of small files turned over.
class BitFlipTest {
    /// Pixels enough for the small pictures, and few enough that a changed size costs no time.
    private static final long MAX_PIXELS = 1_000_000;

    /// Of the flips of quantisation steps, all of which are taken unless a step becomes 0, the share that is shown
    /// to libjpeg-turbo.
    private static final int SHARE = 5;

    private record Flip(int bit, byte[] file, byte[] output) {}

    /// What is taken decodes without a warning, and its output to the same pixels: a damage that no decoder can
    /// see is a picture of its own.
    @ParameterizedTest
    @ValueSource(strings = {"gray", "restarts", "progressive", "4:2:0"})
    void aFlippedBitIsRefusedOrChangesThePictureForEveryDecoder(String name) {
        byte[] file = SmallJpegs.named(name);
        List<Flip> taken = new ArrayList<>();
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit >> 3] ^= (byte) (0x80 >> (bit & 7));
            Transcoding.Verdict verdict = Transcoding.lossless(flipped, MAX_PIXELS);
            requireSameFate(verdict, flipped);
            if (verdict instanceof Taken(byte[] output) && (bit % SHARE == 0 || !isInStep(file, bit >> 3))) {
                taken.add(new Flip(bit, flipped, output));
            }
        }
        assertThat(taken).as("flips taken").hasSizeBetween(64, file.length * 8 * 9 / 10);
        assertThat(InParallel.problems(taken, BitFlipTest::judged)).isEmpty();
    }

    private static boolean isInStep(byte[] file, int at) {
        JpegParts parts = JpegParts.of(file);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).marker() == Markers.DQT && at >= parts.offset(i) + 5 && at < parts.offset(i + 1)) {
                return true;
            }
        }
        return false;
    }

    /// Lossless or not, in one pass or through planes: what is damage is damage.
    private static void requireSameFate(Transcoding.Verdict verdict, byte[] flipped) {
        boolean refused = verdict instanceof Refused;
        assertThat(Transcoding.requantise(flipped, 30, MAX_PIXELS) instanceof Refused)
                .as("requantised, %s", verdict)
                .isEqualTo(refused);
        assertThat(Transcoding.losslessThroughPlanes(flipped, MAX_PIXELS) instanceof Refused)
                .as("through planes, %s", verdict)
                .isEqualTo(refused);
    }

    private static Optional<String> judged(Flip flip) {
        String where = "byte %d bit %d".formatted(flip.bit >> 3, 7 - (flip.bit & 7));
        Libjpeg.Answer before = Libjpeg.decode(flip.file);
        if (!before.isClean()) {
            return Optional.of(where + " is taken; libjpeg-turbo says: " + before.said());
        }
        Libjpeg.Answer after = Libjpeg.decode(flip.output);
        if (!after.isClean()) {
            return Optional.of(where + ": of the output libjpeg-turbo says: " + after.said());
        }
        return Arrays.equals(before.output(), after.output())
                ? Optional.empty()
                : Optional.of(where + ": other pixels");
    }
}
