package dev.halftone.adapters.imaging.jpeg.strict;

import static dev.halftone.adapters.imaging.jpeg.fixture.CodedBlocks.progressive;
import static dev.halftone.adapters.imaging.jpeg.fixture.CodedBlocks.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal.Kind;
import dev.halftone.adapters.imaging.jpeg.fixture.CodedBlocks;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Entropy-coded data that breaks the ranges and ends of T.81 (F.1.2, F.1.4, G.1.2), bit by bit.
class EntropyTest {
    private static final String TEN_ONES = "1".repeat(10);
    private static final String ELEVEN_ONES = "1".repeat(11);

    /// -1,024 in 11 bits.
    private static final String LOWEST = "01111111111";

    static Stream<Arguments> damagedBlocks() {
        return Stream.of(
                damaged(
                        "a DC difference of 12 bits",
                        1,
                        data -> data.dc(12, "1".repeat(12)).endOfBlock()),
                damaged("DC of 1,024", 1, data -> data.dc(11, "10000000000").endOfBlock()),
                damaged(
                        "DC of 1,024 step by step",
                        2,
                        data -> data.dc(10, TEN_ONES).endOfBlock().dc(1, "1").endOfBlock()),
                damaged(
                        "DC of -1,025",
                        2,
                        data -> data.dc(11, LOWEST).endOfBlock().dc(1, "0").endOfBlock()),
                damaged(
                        "a coefficient of 11 bits",
                        1,
                        data -> data.dc(0, "").ac(0x0B, ELEVEN_ONES).endOfBlock()),
                damaged(
                        "zeros past the block",
                        1,
                        data -> data.dc(0, "").times(4, 0xF0, "").endOfBlock()),
                damaged(
                        "a value at index 64",
                        1,
                        data -> data.dc(0, "").times(3, 0xF0, "").ac(0xF1, "1").endOfBlock()),
                damaged(
                        "a run of empty blocks",
                        2,
                        data -> data.dc(0, "").ac(0x10, "1").dc(0, "").endOfBlock()),
                damaged("no DC code", 1, data -> data.raw("111")),
                damaged("no AC code", 1, data -> data.dc(0, "").raw("1111")),
                damaged("a block too few", 2, data -> data.dc(1, "1").endOfBlock()),
                damaged("half a block", 1, data -> data.dc(2, "11").ac(0x0A, "1")),
                damaged(
                        "a byte too many",
                        1,
                        data -> data.dc(1, "1").endOfBlock().raw("01010101")));
    }

    private static Arguments damaged(String name, int blocks, Consumer<CodedBlocks> write) {
        CodedBlocks data = new CodedBlocks();
        write.accept(data);
        return Arguments.of(name, sequential(blocks, data.toBytes('1')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damagedBlocks")
    void aSequentialScanIsRefused(String name, byte[] file) {
        assertThat(Refusals.of(file)).extracting(Refusal::kind).as(name).isEqualTo(Kind.DAMAGED);
    }

    /// Found by fuzzing: the fast path took the illegal code 10 and the bits after it for a code of 13 bits.
    @Test
    void anIllegalShortCodeIsNotTakenForALongOne() {
        int[] table = new int[17 + 3];
        table[0] = 0x10;
        table[1] = 1;
        table[2] = 1;
        table[13] = 1;
        table[17] = 0x00;
        table[18] = 0x0B;
        table[19] = 0x01;
        byte[] data = new CodedBlocks().dc(0, "").raw("10" + "11111111110").toBytes('1');
        JpegParts file = JpegParts.of(sequential(1, data));
        file.set(file.index(Markers.DHT) + 1, JpegParts.Part.of(Markers.DHT, table));
        assertThat(Refusals.of(file.toBytes())).extracting(Refusal::kind).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void theLimitsThemselvesAreTaken() {
        CodedBlocks extremes = new CodedBlocks()
                .dc(11, LOWEST)
                .times(3, 0xF0, "")
                .ac(0xE1, "0")
                .dc(11, ELEVEN_ONES)
                .times(63, 0x0A, "0".repeat(10));
        byte[] file = sequential(2, extremes.toBytes('1'));
        Refusals.requireTaken(file);
    }

    /// F.1.2.3 asks encoders for ones; nothing is lost where one filled up with zeros.
    @Test
    void paddingOfZerosIsTaken() {
        CodedBlocks thirteenBits = new CodedBlocks().dc(1, "1").ac(0x01, "1").endOfBlock();
        Refusals.requireTaken(sequential(1, thirteenBits.toBytes('0')));
        Refusals.requireTaken(sequential(1, thirteenBits.toBytes('1')));
    }

    static Stream<Arguments> damagedProgressions() {
        byte[] none = new CodedBlocks().dc(0, "").dc(0, "").toBytes('1');
        byte[] empty = new CodedBlocks().ac(0x10, "0").toBytes('1');
        byte[] one = new CodedBlocks().ac(0x01, "1").endOfBlock().endOfBlock().toBytes('1');
        byte[] dcBits = new CodedBlocks().raw("01").toBytes('1');
        return Stream.of(
                Arguments.of(
                        "DC out of range once shifted",
                        progressive(
                                2,
                                1,
                                List.of(
                                        new CodedBlocks()
                                                .dc(10, TEN_ONES)
                                                .dc(0, "")
                                                .toBytes('1'),
                                        empty,
                                        dcBits,
                                        empty))),
                Arguments.of(
                        "AC out of range once shifted",
                        progressive(
                                2,
                                1,
                                List.of(
                                        none,
                                        new CodedBlocks()
                                                .ac(0x0A, TEN_ONES)
                                                .endOfBlock()
                                                .endOfBlock()
                                                .toBytes('1'),
                                        dcBits,
                                        new CodedBlocks().ac(0x10, "0").raw("0").toBytes('1')))),
                Arguments.of(
                        "empty blocks past the end",
                        progressive(
                                2,
                                0,
                                List.of(none, new CodedBlocks().ac(0x20, "11").toBytes('1')))),
                Arguments.of(
                        "a value past the band",
                        progressive(
                                2,
                                0,
                                List.of(
                                        none,
                                        new CodedBlocks()
                                                .times(3, 0xF0, "")
                                                .ac(0xF1, "1")
                                                .endOfBlock()
                                                .toBytes('1')))),
                Arguments.of(
                        "zeros past the band",
                        progressive(
                                2,
                                0,
                                List.of(
                                        none,
                                        new CodedBlocks()
                                                .times(4, 0xF0, "")
                                                .endOfBlock()
                                                .toBytes('1')))),
                Arguments.of(
                        "a refinement of two bits",
                        progressive(
                                2,
                                1,
                                List.of(
                                        none,
                                        one,
                                        dcBits,
                                        new CodedBlocks()
                                                .ac(0x02, "11")
                                                .endOfBlock()
                                                .endOfBlock()
                                                .toBytes('1')))),
                Arguments.of(
                        "empty blocks past the end of a refinement",
                        progressive(
                                2,
                                1,
                                List.of(
                                        none,
                                        one,
                                        dcBits,
                                        new CodedBlocks()
                                                .ac(0x20, "11")
                                                .raw("1")
                                                .toBytes('1')))),
                Arguments.of(
                        "a new value past the band",
                        progressive(
                                2,
                                1,
                                List.of(
                                        none,
                                        one,
                                        dcBits,
                                        new CodedBlocks()
                                                .times(3, 0xF0, "")
                                                .ac(0xF1, "1")
                                                .endOfBlock()
                                                .raw("111")
                                                .toBytes('1')))),
                Arguments.of(
                        "a byte too many in a refinement of DC",
                        progressive(
                                2,
                                1,
                                List.of(
                                        none,
                                        one,
                                        new CodedBlocks().raw("0100000000").toBytes('1'),
                                        empty))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damagedProgressions")
    void aProgressiveScanIsRefused(String name, byte[] file) {
        assertThat(Refusals.of(file)).extracting(Refusal::kind).as(name).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void theSameScansUndamagedAreTaken() {
        byte[] none = new CodedBlocks().dc(0, "").dc(0, "").toBytes('1');
        byte[] one = new CodedBlocks().ac(0x01, "1").endOfBlock().endOfBlock().toBytes('1');
        byte[] dcBits = new CodedBlocks().raw("01").toBytes('1');
        byte[] refined = new CodedBlocks()
                .ac(0x01, "1")
                .raw("1")
                .endOfBlock()
                .endOfBlock()
                .toBytes('1');
        Refusals.requireTaken(
                progressive(2, 0, List.of(none, new CodedBlocks().ac(0x10, "0").toBytes('1'))));
        Refusals.requireTaken(progressive(2, 1, List.of(none, one, dcBits, refined)));
    }
}
