package dev.halftone.adapters.imaging.jpeg.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Look-ups of Huffman tables against T.81's figure F.16.
class HuffmanTableTest {

    @Test
    void everyPatternOf16BitsIsDecodedAsTheStandardSays() {
        Random random = new Random(81);
        for (int i = 0; i < 40; i++) {
            HuffmanTable table = Prefix.random(random);
            for (int bits = 0; bits < 1 << 16; bits++) {
                int short12 = table.lookup()[bits >> 16 - HuffmanTable.LOOK_BITS];
                int expected = Prefix.decode(table, bits);
                boolean isShort = expected >> 8 <= HuffmanTable.LOOK_BITS;
                if (short12 != (isShort ? expected : 0) || table.longCode(bits) != (isShort ? 0 : expected)) {
                    assertThat(new int[] {short12, table.longCode(bits)})
                            .as("table %d, bits %s: %X", i, Integer.toBinaryString(1 << 16 | bits), expected)
                            .containsExactly(isShort ? expected : 0, isShort ? 0 : expected);
                }
            }
        }
    }

    @Test
    void itsCodesAreThoseItDecodes() {
        Random random = new Random(82);
        for (int i = 0; i < 200; i++) {
            HuffmanTable table = Prefix.random(random);
            int[] codes = table.codes();
            int found = 0;
            for (int symbol = 0; symbol < 256; symbol++) {
                int length = codes[symbol] & 0xff;
                if (length > 0) {
                    found++;
                    int decoded = Prefix.decode(table, codes[symbol] >> 8 << 16 - length);
                    assertThat(decoded).isEqualTo(length << 8 | symbol);
                }
            }
            assertThat(found).isEqualTo(table.symbolCount());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 12, 13, 16})
    void theCodeOfAllOnesIsNoCode(int length) {
        int[] counts = new int[17];
        for (int i = 1; i <= length; i++) {
            counts[i] = 1;
        }
        HuffmanTable full = new HuffmanTable(counts, new byte[length]);
        assertThat(full.longCode(0xFFFF)).isZero();
        counts[length] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HuffmanTable(counts, new byte[length + 1]))
                .withMessage("the code of all ones at length " + length);
        counts[length] = 3;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HuffmanTable(counts, new byte[length + 2]))
                .withMessage("more codes than there can be at length " + length);
    }
}
