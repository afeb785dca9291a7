package dev.halftone.adapters.imaging.jpeg.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitReader;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the writer writes the reader reads, whatever the bits: stuffed zeros, restart segments, padding.
class BitStreamTest {
    private static final int DC = 0x0;

    private final BitWriter writer = new BitWriter();
    private final EntropyData data = new EntropyData();

    /// A token holds the bits after a code; here the code is of any bits and length, and so are they.
    @Test
    void anyBitsOfAnyLengthComeBack() {
        Random random = new Random(85);
        for (int i = 0; i < 400; i++) {
            int[][] codes = codes(random, i % 3 == 0);
            Tokens tokens = new Tokens();
            int count = random.nextInt(2000);
            fill(tokens, count, random, i % 2 == 0);
            writer.clear();
            writer.tokens(tokens, 0, count, codes);
            byte[] file = writer.toByteArray();
            requireStuffed(file);
            data.read(file, scan(0, file.length));
            BitReader reader = new BitReader(data, 0);
            for (int at = 0; at < count; at++) {
                int token = tokens.array()[at];
                int code = codes[token >>> 28][token >>> 20 & 0xff];
                reader.refill();
                assertThat(reader.read(code & 0xff)).isEqualTo(code >>> 8);
                reader.refill();
                assertThat(reader.read(token >>> 20 & 15)).isEqualTo(token & 0xFFFF);
            }
            requirePadded(reader);
        }
    }

    @Test
    void segmentsAreReadEachByItself() {
        Random random = new Random(86);
        for (int i = 0; i < 100; i++) {
            int[][] codes = codes(random, false);
            Tokens tokens = new Tokens();
            int segments = 1 + random.nextInt(20);
            int each = random.nextInt(40);
            fill(tokens, segments * each, random, true);
            writer.clear();
            writer.u16(0x1234);
            for (int segment = 0; segment < segments; segment++) {
                if (segment > 0) {
                    writer.marker(0xD0 + (segment - 1 & 7));
                }
                writer.tokens(tokens, segment * each, (segment + 1) * each, codes);
            }
            int end = writer.size();
            writer.marker(0xD9);
            data.read(writer.toByteArray(), scan(2, end));
            assertThat(data.segments()).isEqualTo(segments);
            for (int segment = segments - 1; segment >= 0; segment--) {
                BitReader reader = new BitReader(data, segment);
                for (int at = segment * each; at < (segment + 1) * each; at++) {
                    int token = tokens.array()[at];
                    int code = codes[token >>> 28][token >>> 20 & 0xff];
                    reader.refill();
                    assertThat(reader.read(code & 0xff)).isEqualTo(code >>> 8);
                    reader.refill();
                    assertThat(reader.read(token >>> 20 & 15)).isEqualTo(token & 0xFFFF);
                }
                requirePadded(reader);
            }
        }
    }

    @Test
    void symbolsAreReadByTheTableTheyWereWrittenWith() {
        Random random = new Random(87);
        for (int i = 0; i < 100; i++) {
            HuffmanTable table = Prefix.random(random);
            Tokens tokens = new Tokens();
            int[] written = new int[500];
            for (int at = 0; at < written.length; at++) {
                int symbol = table.symbol(random.nextInt(table.symbolCount()));
                int size = symbol & 15;
                tokens.room(at)[at] = DC << 28 | symbol << 20 | random.nextInt(1 << size);
                written[at] = tokens.array()[at];
            }
            writer.clear();
            writer.tokens(tokens, 0, written.length, new int[][] {table.codes()});
            byte[] file = writer.toByteArray();
            data.read(file, scan(0, file.length));
            BitReader reader = new BitReader(data, 0);
            for (int token : written) {
                int symbol = 0xff & reader.code(table);
                assertThat(symbol).isEqualTo(token >>> 20 & 0xff);
                assertThat(reader.read(symbol & 15)).isEqualTo(token & 0xFFFF);
            }
            requirePadded(reader);
        }
    }

    /// Figure F.12 and its reverse, over all values of all sizes.
    @Test
    void everyValueComesBackWithItsSign() {
        int[][] codes = {new int[256]};
        Arrays.fill(codes[0], 0b10 << 8 | 2);
        for (int size = 1; size <= 12; size++) {
            Tokens tokens = new Tokens();
            int used = 0;
            for (int magnitude = 1 << size - 1; magnitude < 1 << size; magnitude++) {
                tokens.room(used)[used++] = size << 20 | magnitude;
                tokens.room(used)[used++] = size << 20 | ~magnitude & (1 << size) - 1;
            }
            writer.clear();
            writer.tokens(tokens, 0, used, codes);
            byte[] file = writer.toByteArray();
            data.read(file, scan(0, file.length));
            BitReader reader = new BitReader(data, 0);
            for (int magnitude = 1 << size - 1; magnitude < 1 << size; magnitude++) {
                for (int sign = 1; sign >= -1; sign -= 2) {
                    reader.refill();
                    assertThat(reader.read(2)).isEqualTo(2);
                    assertThat(reader.extended(size)).isEqualTo(sign * magnitude);
                }
            }
        }
    }

    @Test
    void readingPastTheEndGivesZerosAndIsNoticed() {
        byte[] file = {(byte) 0xAB};
        data.read(file, scan(0, 1));
        BitReader reader = new BitReader(data, 0);
        reader.refill();
        assertThat(reader.read(8)).isEqualTo(0xAB);
        assertThat(reader.overrun()).isFalse();
        assertThat(reader.bitsLeft()).isZero();
        for (int i = 0; i < 2000; i++) {
            reader.refill();
            assertThat(reader.read(16)).isZero();
            assertThat(reader.overrun()).isTrue();
        }
        assertThat(reader.bitsLeft()).isEqualTo(-16 * 2000);
    }

    private static int[][] codes(Random random, boolean manyOnes) {
        int[][] codes = new int[4][256];
        for (int[] table : codes) {
            for (int symbol = 0; symbol < 256; symbol++) {
                int length = 1 + random.nextInt(16);
                int code = manyOnes ? (1 << length) - 1 : random.nextInt(1 << length);
                table[symbol] = code << 8 | length;
            }
        }
        return codes;
    }

    private static void fill(Tokens tokens, int count, Random random, boolean manyOnes) {
        for (int at = 0; at < count; at++) {
            int symbol = random.nextInt(256);
            int size = symbol & 15;
            int bits = manyOnes && random.nextInt(4) > 0 ? (1 << size) - 1 : random.nextInt(1 << size);
            tokens.room(at)[at] = random.nextInt(4) << 28 | symbol << 20 | bits;
        }
    }

    private static Scan scan(int from, int to) {
        return new Scan(List.of(), 0, 63, 0, 0, 0, from, to);
    }

    private static void requireStuffed(byte[] file) {
        for (int i = 0; i < file.length; i++) {
            if (file[i] == (byte) 0xFF) {
                assertThat(file[i + 1]).as("the byte after FF at %d", i).isZero();
            }
        }
    }

    /// What is left are ones that fill up a byte.
    private static void requirePadded(BitReader reader) {
        int left = (int) reader.bitsLeft();
        assertThat(left).isBetween(0, 7);
        reader.refill();
        assertThat(reader.read(left)).isEqualTo((1 << left) - 1);
        assertThat(reader.overrun()).isFalse();
    }
}
