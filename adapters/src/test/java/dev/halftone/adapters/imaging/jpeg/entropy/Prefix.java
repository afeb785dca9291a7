package dev.halftone.adapters.imaging.jpeg.entropy;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// Prefix codes made at random, and T.81's own way of decoding one.
final class Prefix {
    private Prefix() {}

    /// Any legal table: complete or not, never with the code of all ones.
    static HuffmanTable random(Random random) {
        int[] counts = new int[17];
        int wanted = 1 + random.nextInt(256);
        int room = 2;
        int made = 0;
        for (int length = 1; length <= 16 && made < wanted; length++, room *= 2) {
            int most = Math.min(Math.min(room - 1, wanted - made), 255);
            counts[length] =
                    random.nextInt(4) == 0 || length == 16 ? most : random.nextInt(Math.min(most, 1 + length) + 1);
            made += counts[length];
            room -= counts[length];
        }
        int[] symbols = IntStream.range(0, 256).toArray();
        for (int i = 255; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int symbol = symbols[i];
            symbols[i] = symbols[other];
            symbols[other] = symbol;
        }
        byte[] used = new byte[made];
        for (int i = 0; i < made; i++) {
            used[i] = (byte) symbols[i];
        }
        return new HuffmanTable(counts, used);
    }

    /// Figure F.16, bit by bit: the length of the code in bits 8 and up and its symbol, 0 where there is none.
    static int decode(HuffmanTable table, int next16) {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++) {
            code = code << 1 | next16 >> 16 - length & 1;
            first <<= 1;
            if (code - first < table.count(length)) {
                return length << 8 | table.symbol(index + code - first);
            }
            index += table.count(length);
            first += table.count(length);
        }
        return 0;
    }

    /// How much of the code space is used, in units of the longest code.
    static int used(HuffmanTable table) {
        return IntStream.rangeClosed(1, 16)
                .map(length -> table.count(length) << 16 - length)
                .sum();
    }

    /// Bits that the symbols of these frequencies take.
    static long cost(HuffmanTable table, int[] frequencies) {
        int[] codes = table.codes();
        return IntStream.range(0, 256)
                .mapToLong(symbol -> (long) frequencies[symbol] * (codes[symbol] & 0xff))
                .sum();
    }

    static int kinds(int[] frequencies) {
        return (int)
                Arrays.stream(frequencies).filter(frequency -> frequency > 0).count();
    }
}
