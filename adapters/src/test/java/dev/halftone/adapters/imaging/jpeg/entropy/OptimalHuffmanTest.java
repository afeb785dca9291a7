package dev.halftone.adapters.imaging.jpeg.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Huffman tables made for frequencies (T.81 Annex K.2): legal for any, the shortest wherever 16 bits allow it.
class OptimalHuffmanTest {
    /// All the code space but one code of the longest length, which stays free.
    private static final int WHOLE = (1 << 16) - 1;

    static Stream<Arguments> extremes() {
        int[] fibonacci = new int[256];
        int[] powers = new int[256];
        fibonacci[0] = fibonacci[1] = powers[0] = 1;
        for (int i = 2; i < 46; i++) {
            fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
        }
        for (int i = 1; i < 31; i++) {
            powers[i] = powers[i - 1] * 2;
        }
        return Stream.of(
                Arguments.of("Fibonacci, 46 deep without a limit", fibonacci),
                Arguments.of("powers of two", powers),
                Arguments.of("one symbol once", frequencies(symbol -> symbol == 77 ? 1 : 0)),
                Arguments.of("one symbol for ever", frequencies(symbol -> symbol == 255 ? Integer.MAX_VALUE : 0)),
                Arguments.of("256 of the same", frequencies(symbol -> 1000)),
                Arguments.of("256 once each", frequencies(symbol -> 1)),
                Arguments.of("255 once and one always", frequencies(symbol -> symbol == 3 ? Integer.MAX_VALUE : 1)),
                Arguments.of("all of them always", frequencies(symbol -> Integer.MAX_VALUE)),
                Arguments.of("two", frequencies(symbol -> symbol < 2 ? 5 + symbol : 0)),
                Arguments.of("none", new int[256]));
    }

    private static int[] frequencies(IntUnaryOperator of) {
        return IntStream.range(0, 256).map(of).toArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("extremes")
    void extremeFrequenciesMakeALegalTable(String name, int[] frequencies) {
        requireLegal(frequencies, OptimalHuffman.table(frequencies));
    }

    @Test
    void anyFrequenciesMakeALegalTableCloseToTheirEntropy() {
        Random random = new Random(83);
        for (int i = 0; i < 1000; i++) {
            int[] frequencies = random(random);
            HuffmanTable table = OptimalHuffman.table(frequencies);
            requireLegal(frequencies, table);
            long total = Arrays.stream(frequencies).asLongStream().sum();
            double entropy = entropy(frequencies, total);
            // one bit a symbol at most over the entropy, and one code more than there are symbols
            assertThat((double) Prefix.cost(table, frequencies)).isBetween(entropy - 0.001, entropy + total + 64);
        }
    }

    /// The free code counts as one more symbol of frequency 1. Figure K.3's way of shortening codes of more than
    /// 16 bits is not the best there is, but close.
    @Test
    void noPrefixCodeIsShorterWhere16BitsAreEnough() {
        Random random = new Random(84);
        int unlimited = 0;
        int limited = 0;
        for (int i = 0; i < 1000; i++) {
            int[] frequencies = random(random);
            HuffmanTable table = OptimalHuffman.table(frequencies);
            long found = Prefix.cost(table, frequencies) + longest(table);
            long best = shortest(frequencies, 16);
            if (best == shortest(frequencies, 64)) {
                unlimited++;
                assertThat(found).isEqualTo(best);
            } else {
                limited++;
                assertThat((double) found).isBetween((double) best, best * 1.005);
            }
        }
        assertThat(unlimited).isGreaterThan(300);
        assertThat(limited).isGreaterThan(100);
    }

    private static void requireLegal(int[] frequencies, HuffmanTable table) {
        int[] codes = table.codes();
        for (int symbol = 0; symbol < 256; symbol++) {
            assertThat((codes[symbol] & 0xff) > 0)
                    .as("symbol %d has a code", symbol)
                    .isEqualTo(frequencies[symbol] > 0);
        }
        assertThat(table.symbolCount()).isEqualTo(Prefix.kinds(frequencies));
        int used = Prefix.used(table);
        assertThat(used).as("code space").isLessThanOrEqualTo(WHOLE);
        if (table.symbolCount() > 0) {
            assertThat(used + (1 << 16 - longest(table)))
                    .as("with the free code")
                    .isEqualTo(1 << 16);
        }
    }

    private static int longest(HuffmanTable table) {
        return IntStream.rangeClosed(1, 16)
                .filter(length -> table.count(length) > 0)
                .max()
                .orElse(0);
    }

    /// Few or many symbols, even, steep or very steep.
    private static int[] random(Random random) {
        int symbols = 1 + random.nextInt(256);
        double steepness = random.nextInt(4) * random.nextDouble();
        int[] frequencies = new int[256];
        for (int i = 0; i < symbols; i++) {
            double value = (1 + random.nextInt(100)) * Math.exp(steepness * random.nextInt(1 + i % 24));
            frequencies[random.nextInt(256)] = (int) Math.min(value, 50_000_000);
        }
        return frequencies;
    }

    private static double entropy(int[] frequencies, long total) {
        return Arrays.stream(frequencies)
                .filter(frequency -> frequency > 0)
                .mapToDouble(frequency -> frequency * Math.log((double) total / frequency) / Math.log(2))
                .sum();
    }

    /// Bits of the best code of these symbols and the free one with codes up to `limit` bits: the package-merge
    /// algorithm of Larmore and Hirschberg.
    private static long shortest(int[] frequencies, int limit) {
        long[] leaves = LongStream.concat(
                        LongStream.of(1),
                        Arrays.stream(frequencies).asLongStream().filter(frequency -> frequency > 0))
                .sorted()
                .toArray();
        long[] row = leaves;
        for (int length = 1; length < limit; length++) {
            long[] before = row;
            LongStream pairs =
                    IntStream.range(0, before.length / 2).mapToLong(pair -> before[2 * pair] + before[2 * pair + 1]);
            row = LongStream.concat(LongStream.of(leaves), pairs).sorted().toArray();
        }
        return Arrays.stream(row).limit(2L * leaves.length - 2).sum();
    }
}
