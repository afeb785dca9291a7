package dev.halftone.adapters.imaging.jpeg.strict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal.Kind;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.SmallJpegs;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Restart markers out of place (T.81 B.2.1, E.2.4).
class RestartTest {
    static Stream<Arguments> damagedRestarts() {
        byte[] sound = SmallJpegs.named("restarts");
        JpegParts parts = JpegParts.of(sound);
        byte[] data = parts.first(Markers.SOS).data();
        int first = marker(data, 0);
        int second = marker(data, 1);
        return Stream.of(
                Arguments.of("out of order", with(data, first + 1, 0xD1)),
                Arguments.of("the same twice", with(data, second + 1, 0xD0)),
                Arguments.of("one missing", without(data, second, 2)),
                Arguments.of("one missing and the rest in order", without(data, lastMarker(data), 2)),
                Arguments.of("one too many at the end", appended(data, 0xFF, 0xD4)),
                Arguments.of("one too many at the beginning", prepended(data, 0xFF, 0xD0)),
                Arguments.of("a segment missing", without(data, first, second - first)),
                Arguments.of("a byte too many before it", inserted(data, first, 0x00)),
                Arguments.of("a byte too few before it", without(data, first - 1, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damagedRestarts")
    void restartMarkersOutOfPlaceAreRefused(String name, byte[] data) {
        JpegParts file = JpegParts.of(SmallJpegs.named("restarts"));
        Refusals.requireTaken(file.toBytes());
        file.change(Markers.SOS, scan -> scan.withData(data));
        assertThat(Refusals.of(file.toBytes()))
                .extracting(Refusal::kind)
                .as(name)
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void aRestartMarkerOutOfOrderIsNamedWithItsPlace() {
        JpegParts file = JpegParts.of(SmallJpegs.named("restarts"));
        byte[] data = file.first(Markers.SOS).data();
        int first = marker(data, 0);
        file.change(Markers.SOS, scan -> scan.withData(with(data, first + 1, 0xD6)));
        int at = file.offset(file.index(Markers.SOS)) + 4 + 6 + first;
        assertThat(Refusals.of(file.toBytes())).isEqualTo(new Refusal(Kind.DAMAGED, 0xD6, at, "RST0", "RST6"));
    }

    private static int marker(byte[] data, int number) {
        int left = number;
        for (int i = 0; i + 1 < data.length; i++) {
            if (data[i] == (byte) 0xFF && Markers.isRestart(data[i + 1] & 0xff) && left-- == 0) {
                return i;
            }
        }
        throw new AssertionError("no restart marker " + number);
    }

    private static int lastMarker(byte[] data) {
        int last = marker(data, 0);
        for (int i = last; i + 1 < data.length; i++) {
            if (data[i] == (byte) 0xFF && Markers.isRestart(data[i + 1] & 0xff)) {
                last = i;
            }
        }
        return last;
    }

    private static byte[] with(byte[] data, int at, int value) {
        byte[] changed = data.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] without(byte[] data, int from, int count) {
        byte[] shorter = Arrays.copyOf(data, data.length - count);
        System.arraycopy(data, from + count, shorter, from, shorter.length - from);
        return shorter;
    }

    private static byte[] appended(byte[] data, int... values) {
        return inserted(data, data.length, values);
    }

    private static byte[] prepended(byte[] data, int... values) {
        return inserted(data, 0, values);
    }

    private static byte[] inserted(byte[] data, int at, int... values) {
        byte[] longer = Arrays.copyOf(data, data.length + values.length);
        System.arraycopy(data, at, longer, at + values.length, data.length - at);
        System.arraycopy(JpegParts.bytes(values), 0, longer, at, values.length);
        return longer;
    }
}
