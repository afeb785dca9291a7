package dev.halftone.adapters.imaging.jpeg.strict;

import static dev.halftone.adapters.imaging.jpeg.codec.Markers.EOI;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.SOS;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.at;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.damaged;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.unsupported;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.fixture.CodedBlocks;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scans of a progressive file, each by itself and in their order (T.81 table B.3, G.1.1.1).
class ProgressionTest {
    /// One component, five scans.
    private static final byte[] SOUND = Libjpeg.encodeScans(
            Pixels.photo(24, 16, 1).toPnm(),
            "0: 0-0, 0, 1;\n0: 1-5, 0, 1;\n0: 6-63, 0, 0;\n0: 0-0, 1, 0;\n0: 1-5, 1, 0;\n",
            "-quality",
            "80");

    private static final int DC_FIRST = 0;
    private static final int LOW_FIRST = 1;
    private static final int HIGH = 2;
    private static final int DC_REFINED = 3;
    private static final int LOW_REFINED = 4;

    private static final String HEADER =
            "DC alone or a band of AC of one component, refined by one bit at a time (progressive)";
    private static final String COMPLETE = "a complete progression";

    static Stream<Mutation> headers() {
        return Stream.of(
                damaged(
                        "DC with AC",
                        says(DC_FIRST, 0, 5, 0, 1),
                        SOS,
                        in(DC_FIRST),
                        HEADER,
                        "Ss 0, Se 5, Ah 0, Al 1, components 1"),
                damaged(
                        "Se before Ss",
                        says(LOW_FIRST, 5, 1, 0, 1),
                        SOS,
                        in(LOW_FIRST),
                        HEADER,
                        "Ss 5, Se 1, Ah 0, Al 1, components 1"),
                damaged(
                        "Se 64",
                        says(HIGH, 6, 64, 0, 0),
                        SOS,
                        in(HIGH),
                        HEADER,
                        "Ss 6, Se 64, Ah 0, Al 0, components 1"),
                damaged(
                        "Al 14",
                        says(DC_FIRST, 0, 0, 0, 14),
                        SOS,
                        in(DC_FIRST),
                        HEADER,
                        "Ss 0, Se 0, Ah 0, Al 14, components 1"),
                damaged(
                        "two bits at once",
                        says(DC_REFINED, 0, 0, 2, 0),
                        SOS,
                        in(DC_REFINED),
                        HEADER,
                        "Ss 0, Se 0, Ah 2, Al 0, components 1"));
    }

    static Stream<Mutation> orders() {
        return Stream.of(
                damaged(
                        "AC before DC",
                        file -> file.remove(scan(file, DC_FIRST)),
                        SOS,
                        in(0),
                        "DC before AC of component 1",
                        "Ss 1"),
                damaged(
                        "a first scan twice",
                        twice(LOW_FIRST),
                        SOS,
                        in(LOW_FIRST + 1),
                        "a refinement from bit 1 of coefficient 1 of component 1",
                        "a first scan"),
                damaged(
                        "a first scan after the last",
                        twice(HIGH),
                        SOS,
                        in(HIGH + 1),
                        "no further scan of coefficient 6 of component 1",
                        "a first scan"),
                damaged(
                        "bands that overlap",
                        says(HIGH, 5, 63, 0, 0),
                        SOS,
                        in(HIGH),
                        "a refinement from bit 1 of coefficient 5 of component 1",
                        "a first scan"),
                damaged(
                        "a refinement without a first scan",
                        file -> file.remove(scan(file, LOW_FIRST)),
                        SOS,
                        in(LOW_REFINED - 1),
                        "a first scan of coefficient 1 of component 1",
                        "a refinement from bit 1"),
                damaged(
                        "a refinement twice",
                        twice(DC_REFINED),
                        SOS,
                        in(DC_REFINED + 1),
                        "no further scan of coefficient 0 of component 1",
                        "a refinement from bit 1"),
                damaged(
                        "a refinement of another bit",
                        says(LOW_REFINED, 1, 5, 2, 1),
                        SOS,
                        in(LOW_REFINED),
                        "a refinement from bit 1 of coefficient 1 of component 1",
                        "a refinement from bit 2"));
    }

    static Stream<Mutation> incomplete() {
        return Stream.of(
                unsupported(
                        "no last refinement",
                        file -> file.remove(scan(file, LOW_REFINED)),
                        EOI,
                        at(EOI),
                        COMPLETE,
                        "an incomplete one: coefficient 1 of component 1 ends at bit 1"),
                unsupported(
                        "no high AC",
                        file -> file.remove(scan(file, HIGH)),
                        EOI,
                        at(EOI),
                        COMPLETE,
                        "an incomplete one: coefficient 6 of component 1 has no scan"),
                unsupported(
                        "nothing but DC",
                        ProgressionTest::onlyDc,
                        EOI,
                        at(EOI),
                        COMPLETE,
                        "an incomplete one: coefficient 1 of component 1 has no scan"));
    }

    @ParameterizedTest
    @MethodSource({"headers", "orders", "incomplete"})
    void saysWhatIsWrongAndWhere(Mutation mutation) {
        mutation.requireRefused(SOUND);
    }

    @Test
    void theSoundFileIsTaken() {
        assertThat(JpegParts.of(SOUND).all(SOS)).hasSize(5);
        Refusals.requireTaken(SOUND);
    }

    /// As many scans as no encoder writes, each legal: what stops them is their number.
    @Test
    void moreThanAHundredScansAreRefused() {
        byte[] zero = new CodedBlocks().dc(0, "").toBytes('1');
        byte[] empty = new CodedBlocks().endOfBlock().toBytes('1');
        JpegParts file = JpegParts.of(CodedBlocks.progressive(1, 1, List.of(zero, empty, zero, empty)));
        int eoi = file.removeAll(SOS).index(EOI);
        for (int k = 63; k >= 0; k--) {
            file.insert(eoi, Part.of(SOS, 1, 1, 0, k, k, 0x10).withData(k == 0 ? zero : empty));
        }
        for (int k = 63; k >= 0; k--) {
            file.insert(eoi, Part.of(SOS, 1, 1, 0, k, k, 0x01).withData(k == 0 ? zero : empty));
        }
        byte[] many = file.toBytes();
        assertThat(Libjpeg.decode(many).isClean()).isTrue();
        assertThat(Refusals.of(many))
                .isEqualTo(new Refusal(
                        Refusal.Kind.UNSUPPORTED, SOS, file.offset(scan(file, 100)), "at most 100 scans", "more"));
    }

    private static int scan(JpegParts file, int number) {
        return IntStream.range(0, file.size())
                .filter(i -> file.get(i).marker() == SOS)
                .skip(number)
                .findFirst()
                .orElseThrow();
    }

    /// Offset of `Ss` of a scan of one component.
    private static ToIntFunction<JpegParts> in(int number) {
        return file -> file.offset(scan(file, number)) + 4 + 3;
    }

    private static UnaryOperator<JpegParts> says(int number, int start, int end, int high, int low) {
        return file -> {
            int at = scan(file, number);
            Part part = file.get(at);
            return file.set(at, part.with(3, start).with(4, end).with(5, high << 4 | low));
        };
    }

    private static UnaryOperator<JpegParts> twice(int number) {
        return file -> file.insert(scan(file, number), file.get(scan(file, number)));
    }

    private static JpegParts onlyDc(JpegParts file) {
        return file.remove(scan(file, LOW_REFINED)).remove(scan(file, HIGH)).remove(scan(file, LOW_FIRST));
    }
}
