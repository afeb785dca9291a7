package dev.halftone.adapters.imaging.jpeg.codec;

import java.util.Arrays;

/// A Huffman table as a file specifies it (T.81 B.2.4.2, C.2): how many codes there are of each length from 1
/// to 16, and the symbols in order of their codes. Immutable; the derived codes and look-ups are made once.
public final class HuffmanTable {
    /// Bits that one look-up of [#lookup] resolves.
    public static final int LOOK_BITS = 12;

    private final int[] counts;
    private final byte[] symbols;
    private final int[] lookup = new int[1 << LOOK_BITS];
    private final int[] firstCode = new int[18];
    private final int[] lastCode = new int[18];
    private final int[] firstIndex = new int[18];

    /// @param counts 17 entries, of codes of length 1 to 16; entry 0 is unused
    /// @throws IllegalArgumentException when the lengths form no prefix code, or one with the code of all ones,
    ///     which no table may use (C.2)
    public HuffmanTable(int[] counts, byte[] symbols) {
        this.counts = counts.clone();
        this.symbols = symbols.clone();
        derive();
    }

    private void derive() {
        int code = 0;
        int index = 0;
        Arrays.fill(lastCode, -1);
        for (int length = 1; length <= 16; length++) {
            firstCode[length] = code;
            firstIndex[length] = index - code;
            requireRoom(length, code + counts[length]);
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                if (length <= LOOK_BITS) {
                    int from = code << (LOOK_BITS - length);
                    Arrays.fill(lookup, from, from + (1 << (LOOK_BITS - length)), length << 8 | symbols[index] & 0xff);
                }
            }
            if (counts[length] > 0) {
                lastCode[length] = code - 1;
            }
            code <<= 1;
        }
    }

    /// @param after the code after the last one of this length
    private static void requireRoom(int length, int after) {
        if (after >= 1 << length) {
            throw new IllegalArgumentException(
                    (after > 1 << length ? "more codes than there can be" : "the code of all ones") + " at length "
                            + length);
        }
    }

    /// For the next [#LOOK_BITS] bits of the stream: length of the code in bits 8 to 12 and its symbol in bits
    /// 0 to 7, or 0 when the code is longer.
    public int[] lookup() {
        return lookup;
    }

    /// Resolves a code longer than [#LOOK_BITS], given the next 16 bits: length and symbol as in [#lookup], or
    /// 0 when there is no such code, a shorter one included.
    public int longCode(int next16) {
        for (int length = LOOK_BITS + 1; length <= 16; length++) {
            int code = next16 >>> (16 - length);
            if (code <= lastCode[length]) {
                return code < firstCode[length] ? 0 : length << 8 | symbols[code + firstIndex[length]] & 0xff;
            }
        }
        return 0;
    }

    public int count(int length) {
        return counts[length];
    }

    public int symbolCount() {
        return symbols.length;
    }

    public int symbol(int index) {
        return symbols[index] & 0xff;
    }

    /// For each symbol its code in bits 8 and up and its length in bits 0 to 7; 0 for symbols without a code.
    public int[] codes() {
        int[] codes = new int[256];
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++) {
            for (int i = 0; i < counts[length]; i++) {
                codes[symbols[index++] & 0xff] = code++ << 8 | length;
            }
            code <<= 1;
        }
        return codes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HuffmanTable table
                && Arrays.equals(counts, table.counts)
                && Arrays.equals(symbols, table.symbols);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + Arrays.hashCode(symbols);
    }
}
