package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import static dev.halftone.adapters.imaging.jpeg.codec.scaled.MadeJpegs.decode;
import static dev.halftone.adapters.imaging.jpeg.codec.scaled.MadeJpegs.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A damaged stream is refused, and nothing but a refusal ever comes out.
class ScaledDecoderDamageTest {

    @ParameterizedTest
    @EnumSource(Scale.class)
    void everyCutOfTheDataIsRefusedThoughTheEndMarkerIsThere(Scale scale) {
        for (String sampling : new String[] {"2x2", "1x1"}) {
            byte[] jpeg = jpeg(33, 29, "-quality", "60", "-sample", sampling);
            int from = StructureReader.read(jpeg, 10_000).scans().getFirst().dataStart();
            for (int length = from; length < jpeg.length - 2; length++) {
                byte[] cut = Arrays.copyOf(jpeg, length + 2);
                cut[length] = (byte) 0xFF;
                cut[length + 1] = (byte) 0xD9;
                assertThat(catchThrowable(() -> decode(cut, scale)))
                        .as("cut at %d of %d", length, jpeg.length)
                        .isInstanceOf(RefusedException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void bytesTooManyAreRefused(Scale scale) {
        byte[] jpeg = jpeg(33, 29, "-restart", "1");
        byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 1);
        longer[jpeg.length - 2] = 0x55;
        longer[jpeg.length - 1] = (byte) 0xFF;
        longer[jpeg.length] = (byte) 0xD9;
        assertThatThrownBy(() -> decode(longer, scale)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void restartMarkersOutOfTurnAreRefused(Scale scale) {
        byte[] jpeg = jpeg(64, 64, "-restart", "3B");
        int first = restart(jpeg, 0);
        int second = restart(jpeg, first + 2);
        byte[] swapped = jpeg.clone();
        swapped[first + 1] = jpeg[second + 1];
        swapped[second + 1] = jpeg[first + 1];
        assertThatThrownBy(() -> decode(swapped, scale))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("RST0");
        byte[] missing = jpeg.clone();
        missing[first] = 0x11;
        missing[first + 1] = 0x11;
        assertThatThrownBy(() -> decode(missing, scale)).isInstanceOf(RefusedException.class);
    }

    private static int restart(byte[] jpeg, int from) {
        int at = from;
        while (jpeg[at] != (byte) 0xFF || (jpeg[at + 1] & 0xF8) != 0xD0) {
            at++;
        }
        return at;
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void anyBytesEndInAPictureOrARefusal(Scale scale) {
        Random random = new Random(scale.samples());
        for (String options : new String[] {
            "-restart 2B -sample 2x2", "-sample 1x2", "-progressive -sample 2x1", "-grayscale -optimize"
        }) {
            byte[] jpeg = jpeg(45, 37, options.split(" ", -1));
            for (int i = 0; i < 1500; i++) {
                byte[] damaged = jpeg.clone();
                for (int n = random.nextInt(6); n >= 0; n--) {
                    damaged[2 + random.nextInt(jpeg.length - 2)] = (byte) random.nextInt(256);
                }
                Throwable thrown = catchThrowable(() -> {
                    JpegStream stream = StructureReader.read(damaged, 100_000);
                    Colours colours = stream.frame().components().size() == 1 ? Colours.GRAY : Colours.YCBCR;
                    ScaledDecoder.decode(stream, scale, colours, () -> {});
                });
                if (thrown != null) {
                    assertThat(thrown).isInstanceOf(RefusedException.class);
                }
            }
        }
    }

    @Test
    void anIncompleteProgressionIsRefused() {
        byte[] jpeg = jpeg(64, 64, "-progressive");
        int lastScan = jpeg.length - 2;
        do {
            lastScan--;
        } while (jpeg[lastScan] != (byte) 0xFF || (jpeg[lastScan + 1] & 255) != 0xC4);
        byte[] cut = Arrays.copyOf(jpeg, lastScan + 2);
        cut[lastScan + 1] = (byte) 0xD9;
        assertThatThrownBy(() -> decode(cut, Scale.EIGHTH)).isInstanceOf(RefusedException.class);
    }
}
