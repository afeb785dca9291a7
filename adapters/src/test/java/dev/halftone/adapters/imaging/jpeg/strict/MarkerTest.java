package dev.halftone.adapters.imaging.jpeg.strict;

import static dev.halftone.adapters.imaging.jpeg.codec.Markers.COM;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.DAC;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.DHP;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.DNL;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.DQT;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.EOI;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.RST0;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.SOF0;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.SOI;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.SOS;
import static dev.halftone.adapters.imaging.jpeg.codec.Markers.TEM;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.at;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.atPart;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.damaged;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.end;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.insertBefore;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.rename;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.twice;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.unsupported;
import static dev.halftone.adapters.imaging.jpeg.strict.Mutation.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal.Kind;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import dev.halftone.adapters.imaging.jpeg.fixture.SmallJpegs;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The sequence of markers and the processes they belong to (T.81 B.1.1.3, B.2.1).
class MarkerTest {
    private static final byte[] SOUND = SmallJpegs.named("4:2:0");
    private static final String HUFFMAN = "a sequential or progressive Huffman process (SOF0, SOF1, SOF2)";

    static Stream<Mutation> markers() {
        Part rst = Part.of(RST0 + 3);
        return Stream.of(
                damaged("no SOI", file -> file.remove(0), SOI, atPart(0), "SOI (FF D8)", "FF DB 00 43"),
                damaged("SOI twice", twice(SOI), SOI, atPart(1), "a marker segment", "a second SOI"),
                damaged(
                        "RST",
                        insertBefore(SOF0, rst),
                        RST0 + 3,
                        at(RST0 + 3),
                        "a marker segment",
                        "a restart outside a scan"),
                damaged(
                        "FF42",
                        insertBefore(SOF0, Part.of(0x42)),
                        0x42,
                        at(0x42),
                        "a marker of table B.1",
                        "one that means nothing"),
                damaged(
                        "EOI at once",
                        insertBefore(DQT, Part.of(EOI)),
                        EOI,
                        atPart(1),
                        "a frame header",
                        "the end of the image"),
                damaged(
                        "no scan",
                        insertBefore(SOS, Part.of(EOI)),
                        EOI,
                        at(EOI),
                        "a scan of component 1",
                        "the end of the image"),
                damaged("no EOI", without(EOI), EOI, end(), "EOI", "the end of the file"));
    }

    static Stream<Mutation> processes() {
        Part dhp = Part.of(DHP, 8, 0, 12, 0, 20, 0);
        return Stream.of(
                unsupported("SOF3", rename(SOF0, 0xC3), 0xC3, at(0xC3), HUFFMAN, "SOF3 (lossless)"),
                unsupported("SOF5", rename(SOF0, 0xC5), 0xC5, at(0xC5), HUFFMAN, "SOF5 (hierarchical)"),
                unsupported("SOF9", rename(SOF0, 0xC9), 0xC9, at(0xC9), HUFFMAN, "SOF9 (arithmetic coding)"),
                unsupported("SOF10", rename(SOF0, 0xCA), 0xCA, at(0xCA), HUFFMAN, "SOF10 (arithmetic coding)"),
                unsupported("SOF15", rename(SOF0, 0xCF), 0xCF, at(0xCF), HUFFMAN, "SOF15 (arithmetic coding)"),
                unsupported("JPEG-LS", rename(SOF0, 0xF7), 0xF7, at(0xF7), HUFFMAN, "an extension (JPG7)"),
                unsupported(
                        "DAC",
                        insertBefore(SOF0, Part.of(DAC, 0, 0)),
                        DAC,
                        at(DAC),
                        HUFFMAN,
                        "arithmetic coding (DAC)"),
                unsupported("DHP", insertBefore(SOF0, dhp), DHP, at(DHP), HUFFMAN, "a hierarchical process (DHP, EXP)"),
                unsupported(
                        "DNL",
                        insertBefore(EOI, Part.of(DNL, 0, 12)),
                        DNL,
                        at(DNL),
                        HUFFMAN,
                        "a number of lines after the frame header (DNL)"));
    }

    @ParameterizedTest
    @MethodSource({"markers", "processes"})
    void saysWhatIsWrongAndWhere(Mutation mutation) {
        mutation.requireRefused(SOUND);
    }

    @Test
    void aStrayByteBetweenSegmentsIsNoMarker() {
        JpegParts parts = JpegParts.of(SOUND);
        int at = parts.offset(parts.index(SOF0));
        byte[] file = spliced(SOUND, at, 0x41);
        assertThat(Refusals.of(file)).isEqualTo(new Refusal(Kind.DAMAGED, 0, at, "a marker", "byte 41"));
    }

    @Test
    void aSegmentLongerThanTheFileIsRefused() {
        JpegParts parts = JpegParts.of(SOUND);
        int at = parts.offset(parts.index(SOS)) + 2;
        byte[] file = SOUND.clone();
        file[at] = 0x7F;
        assertThat(Refusals.of(file).toString())
                .isEqualTo(
                        "marker FFDA at byte %d: expected a segment length within the file, found %d with %d bytes left"
                                .formatted(at, 0x7F00 + (file[at + 1] & 0xff), file.length - at));
        file[at] = 0;
        file[at + 1] = 1;
        assertThat(Refusals.of(file).found()).isEqualTo("1 with " + (file.length - at) + " bytes left");
    }

    @Test
    void otherFilesAreNamedByTheirFirstBytes() {
        assertThat(Refusals.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10}).toString())
                .isEqualTo("marker FFD8 at byte 0: expected SOI (FF D8), found 89 50 4E 47");
        assertThat(Refusals.of(new byte[0]).found()).isEqualTo("an empty file");
    }

    @Test
    void fillBytesCommentsAndTemAreTaken() {
        JpegParts parts = JpegParts.of(SOUND);
        Refusals.requireTaken(spliced(SOUND, parts.offset(parts.index(SOF0)), 0xFF, 0xFF, 0xFF));
        Refusals.requireTaken(spliced(SOUND, parts.offset(parts.index(SOF0)), 0xFF, TEM));
        Refusals.requireTaken(parts.insert(1, Part.of(COM, 'h', 'i')).toBytes());
    }

    @Test
    void whatFollowsTheImageIsNoPartOfIt() {
        byte[] longer = Arrays.copyOf(SOUND, SOUND.length + 100);
        Refusals.requireTaken(longer);
    }

    private static byte[] spliced(byte[] file, int at, int... values) {
        byte[] longer = Arrays.copyOf(file, file.length + values.length);
        System.arraycopy(file, at, longer, at + values.length, file.length - at);
        System.arraycopy(JpegParts.bytes(values), 0, longer, at, values.length);
        return longer;
    }
}
