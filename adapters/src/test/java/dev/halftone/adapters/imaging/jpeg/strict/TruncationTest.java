package dev.halftone.adapters.imaging.jpeg.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Refusal.Kind;
import dev.halftone.adapters.imaging.jpeg.fixture.SmallJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Refused;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Taken;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files that end too early.
class TruncationTest {

    @Test
    void everyBeginningOfAFileIsRefusedWhereItEnds() {
        SmallJpegs.all().forEach((name, file) -> {
            for (int length = 0; length < file.length; length++) {
                byte[] beginning = Arrays.copyOf(file, length);
                requireRefused(Transcoding.lossless(beginning), name, length);
                requireRefused(Transcoding.requantise(beginning, 40), name, length);
                requireRefused(Transcoding.losslessThroughPlanes(beginning, Transcoding.MAX_PIXELS), name, length);
            }
            assertThat(Transcoding.lossless(file)).as(name).isInstanceOf(Taken.class);
        });
    }

    /// The same with an end marker, as careless tools close a broken file.
    @Test
    void everyBeginningThatIsClosedByAnEndMarkerIsRefused() {
        for (String name : List.of("gray", "restarts", "progressive", "4:2:0", "two scans")) {
            byte[] file = SmallJpegs.named(name);
            for (int length = 2; length < file.length - 2; length++) {
                byte[] closed = Arrays.copyOf(file, length + 2);
                closed[length] = (byte) 0xFF;
                closed[length + 1] = (byte) 0xD9;
                assertThat(Transcoding.lossless(closed))
                        .as("%s closed after %d of %d bytes", name, length, file.length)
                        .isInstanceOf(Refused.class);
            }
        }
    }

    private static void requireRefused(Verdict verdict, String name, int length) {
        assertThat(verdict).as("%s cut at %d", name, length).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().kind()).isEqualTo(Kind.DAMAGED);
            assertThat(refused.refusal().offset()).isBetween(0, length);
        });
    }
}
