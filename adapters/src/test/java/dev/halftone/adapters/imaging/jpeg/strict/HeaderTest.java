package dev.halftone.adapters.imaging.jpeg.strict;

import static dev.halftone.adapters.imaging.jpeg.codec.Markers.DRI;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.SOF0;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.SOS;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.at;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.atPart;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.damaged;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.in;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.insertBefore;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.put;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.resize;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.twice;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.unsupported;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal.Kind;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import dev.halftone.adapters.imaging.jpeg.fixture.SmallJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Refused;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Frame and scan headers of a sequential file (T.81 B.2.2, B.2.3) and the restart interval.
class HeaderTest {
    /// Three components, the first sampled 2x2, 20 by 12 samples.
    private static final byte[] SOUND = SmallJpegs.named("4:2:0");

    private static final String SAMPLING = "sampling factors of 1 to 4";
    private static final String SEQUENTIAL = "Ss 0, Se 63, Ah 0, Al 0 (sequential)";

    static Stream<Mutation> frames() {
        return Stream.of(
                damaged(
                        "two frames",
                        twice(SOF0),
                        SOF0,
                        file -> at(SOF0).applyAsInt(file) + 19,
                        "one frame",
                        "a second one"),
                unsupported("12 bits", put(SOF0, 0, 12), SOF0, in(SOF0, 0), "samples of 8 bits", "12 bits"),
                unsupported(
                        "no height",
                        put(SOF0, 2, 0),
                        SOF0,
                        in(SOF0, 1),
                        "a height in the frame header",
                        "0 (a DNL marker gives it)"),
                damaged("no width", put(SOF0, 4, 0), SOF0, in(SOF0, 3), "a width of 1 and more", "0"),
                unsupported(
                        "too large",
                        put(SOF0, 1, 0xFF).andThen(put(SOF0, 3, 0xFF))::apply,
                        SOF0,
                        in(SOF0, 1),
                        "at most 50000000 pixels",
                        "65300x65292"),
                unsupported("no components", put(SOF0, 5, 0), SOF0, in(SOF0, 5), "1 to 4 components", "0"),
                unsupported("5 components", put(SOF0, 5, 5), SOF0, in(SOF0, 5), "1 to 4 components", "5"),
                damaged("3 of 4 components", put(SOF0, 5, 4), SOF0, in(SOF0, 0), "18 bytes of data", "15"),
                damaged("5 bytes", resize(SOF0, 5), SOF0, in(SOF0, 0), "6 bytes and more of data", "5"),
                damaged("sampling 0x2", put(SOF0, 7, 0x02), SOF0, in(SOF0, 7), SAMPLING, "0x2"),
                damaged("sampling 2x5", put(SOF0, 7, 0x25), SOF0, in(SOF0, 7), SAMPLING, "2x5"),
                damaged("table 4", put(SOF0, 11, 4), SOF0, in(SOF0, 11), "a quantisation table of 0 to 3", "4"),
                damaged("an id twice", put(SOF0, 9, 1), SOF0, in(SOF0, 9), "an id for each component", "id 1 twice"),
                unsupported(
                        "11 blocks",
                        put(SOF0, 7, 0x42).andThen(put(SOF0, 10, 0x21))::apply,
                        SOF0,
                        in(SOF0, 0),
                        "at most 10 blocks in an MCU (B.2.3)",
                        "11"));
    }

    static Stream<Mutation> scans() {
        return Stream.of(
                damaged(
                        "scan before frame",
                        file -> file.insert(1, file.first(SOS)),
                        SOS,
                        atPart(1),
                        "a frame header before the scan",
                        "none"),
                damaged("no components", put(SOS, 0, 0), SOS, in(SOS, 0), "1 to 4 components", "0"),
                damaged("5 components", put(SOS, 0, 5), SOS, in(SOS, 0), "1 to 4 components", "5"),
                damaged("2 of 3 components", put(SOS, 0, 2), SOS, in(SOS, 0), "8 bytes of data", "10"),
                damaged("an unknown id", put(SOS, 3, 9), SOS, in(SOS, 3), "a component of the frame", "id 9"),
                damaged("an id twice", put(SOS, 3, 1), SOS, in(SOS, 3), "each component once", "id 1 again"),
                damaged(
                        "another order",
                        put(SOS, 3, 3).andThen(put(SOS, 5, 2))::apply,
                        SOS,
                        in(SOS, 7),
                        "components in the order of the frame",
                        "id 2 after id 3"),
                damaged("Huffman table 4", put(SOS, 4, 0x14), SOS, in(SOS, 4), "Huffman tables 0 to 3", "1 and 4"),
                damaged("Se 31", put(SOS, 8, 31), SOS, in(SOS, 7), SEQUENTIAL, "Ss 0, Se 31, Ah 0, Al 0"),
                damaged("Se 64", put(SOS, 8, 64), SOS, in(SOS, 7), SEQUENTIAL, "Ss 0, Se 64, Ah 0, Al 0"),
                damaged("Al 1", put(SOS, 9, 1), SOS, in(SOS, 7), SEQUENTIAL, "Ss 0, Se 63, Ah 0, Al 1"),
                damaged(
                        "the scan twice",
                        file -> file.insert(file.index(SOS), file.first(SOS)),
                        SOS,
                        file -> file.offset(file.index(SOS) + 1) + 4 + 7,
                        "component 1 in one scan",
                        "another one"),
                damaged(
                        "DRI of one byte",
                        insertBefore(SOS, Part.of(DRI, 1)),
                        DRI,
                        in(DRI, 0),
                        "2 bytes of data",
                        "1"));
    }

    @ParameterizedTest
    @MethodSource({"frames", "scans"})
    void saysWhatIsWrongAndWhere(Mutation mutation) {
        mutation.requireRefused(SOUND);
    }

    @Test
    void theLimitOfPixelsIsTheCallers() {
        int at = JpegParts.of(SOUND).offset(JpegParts.of(SOUND).index(SOF0)) + 5;
        assertThat(Transcoding.lossless(SOUND, 20 * 12)).isInstanceOf(Transcoding.Taken.class);
        assertThat(Transcoding.lossless(SOUND, 20 * 12 - 1))
                .isEqualTo(new Refused(new Refusal(Kind.UNSUPPORTED, SOF0, at, "at most 239 pixels", "20x12")));
    }
}
