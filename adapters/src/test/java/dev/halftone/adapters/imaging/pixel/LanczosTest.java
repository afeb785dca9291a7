package dev.halftone.adapters.imaging.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanczosTest {
    private static final Deadline DEADLINE = Deadline.in(Duration.ofSeconds(30));

    private static Picture.Colour colour(int width, int height, int argb) {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, argb);
        return new Picture.Colour(width, height, pixels, true);
    }

    @ParameterizedTest
    @CsvSource({"100,80,53,41", "100,80,99,80", "100,80,100,1", "7,5,1,1", "3,300,2,299", "2,2,1,2"})
    void leavesAnEvenColourAsItIs(int width, int height, int toWidth, int toHeight) {
        Picture.Colour shrunk =
                (Picture.Colour) Lanczos.shrink(colour(width, height, 0xff123456), toWidth, toHeight, DEADLINE);

        assertThat(shrunk.argb()).hasSize(toWidth * toHeight).containsOnly(0xff123456);
        assertThat(shrunk.opaque()).isTrue();
    }

    @Test
    void treatsChannelsAlike() {
        Random random = new Random(5);
        byte[] samples = new byte[90 * 70];
        random.nextBytes(samples);
        Picture.Grey grey = new Picture.Grey(90, 70, samples);

        Picture.Grey shrunk = (Picture.Grey) Lanczos.shrink(grey, 61, 37, DEADLINE);
        Picture.Colour coloured = (Picture.Colour) Lanczos.shrink(grey.asColour(), 61, 37, DEADLINE);

        assertThat(coloured.argb()).isEqualTo(shrunk.asColour().argb());
    }

    @Test
    void keepsSlopesAndTheirMiddle() {
        byte[] samples = new byte[200 * 4];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % 200);
        }
        Picture.Grey shrunk = (Picture.Grey) Lanczos.shrink(new Picture.Grey(200, 4, samples), 125, 3, DEADLINE);

        for (int x = 6; x < 119; x++) {
            assertThat(shrunk.samples()[125 + x] & 0xff)
                    .isCloseTo((int) Math.round((x + 0.5) * 1.6 - 0.5), org.assertj.core.api.Assertions.within(1));
        }
    }

    @Test
    void keepsAnEdgeCrispAndInItsPlace() {
        byte[] samples = new byte[180 * 4];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % 180 < 90 ? 20 : 220);
        }
        Picture.Grey shrunk = (Picture.Grey) Lanczos.shrink(new Picture.Grey(180, 4, samples), 100, 2, DEADLINE);

        assertThat(shrunk.samples()[48] & 0xff).isLessThan(40);
        assertThat(shrunk.samples()[51] & 0xff).isGreaterThan(200);
        assertThat((shrunk.samples()[49] & 0xff) + (shrunk.samples()[50] & 0xff))
                .isBetween(235, 245);
    }
}
