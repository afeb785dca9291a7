package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;

/// A Huffman table (T.81 C.2) as look-ups of the next bits of the stream that say at once what to do. Symbols
/// that a sequential scan must not have are left out, so that they are found damaged as unknown codes are.
/// Immutable.
final class CodeLookup {
    static final int BITS = 12;

    /// As many as leave the table in the fastest cache.
    static final int SKIPPING_BITS = 13;

    /// What is added to the advance of an end of block.
    static final int END = 128;

    /// The largest size of a value (T.81 tables F.1, F.2) at 8 bits a sample.
    private static final int MAX_DC = 11;

    private static final int MAX_AC = 10;

    private final int[] single = new int[1 << BITS];
    private final int[] limits = new int[17];
    private final int[] offsets = new int[17];
    private final int[] entries;

    private CodeLookup(HuffmanTable table, boolean dc) {
        entries = new int[table.symbolCount()];
        int code = 0;
        int index = 0;
        for (int length = 1; length <= 16; length++) {
            offsets[length] = index - code;
            for (int i = 0; i < table.count(length); i++, code++, index++) {
                int entry = dc ? dcEntry(table.symbol(index), length) : acEntry(table.symbol(index), length);
                entries[index] = entry;
                if (length <= BITS) {
                    int from = code << BITS - length;
                    java.util.Arrays.fill(single, from, from + (1 << BITS - length), entry);
                }
            }
            limits[length] = code << 16 - length;
            code <<= 1;
        }
    }

    static CodeLookup ofDc(HuffmanTable table) {
        return new CodeLookup(table, true);
    }

    static CodeLookup ofAc(HuffmanTable table) {
        return new CodeLookup(table, false);
    }

    private static int dcEntry(int symbol, int length) {
        return symbol > MAX_DC ? 0 : length | symbol << 5;
    }

    private static int acEntry(int symbol, int length) {
        int run = symbol >> 4;
        int size = symbol & 15;
        if (size > MAX_AC || size == 0 && run != 0 && run != 15) {
            return 0;
        }
        int skip = size != 0 ? run : run == 15 ? 16 : END;
        return length | size << 5 | skip << 9;
    }

    /// For the next [#BITS] bits: length of the code in bits 0 to 4, size of the value that follows it in bits
    /// 5 to 8, from bit 9 how many coefficients come before the value, or none with [#END]; 0 when the code is
    /// longer or wrong.
    int[] single() {
        return single;
    }

    /// An entry as in [#single] for any code, given 16 bits; 0 for a wrong one.
    int any(int next16) {
        for (int length = 1; length <= 16; length++) {
            if (next16 < limits[length]) {
                return entries[offsets[length] + (next16 >>> 16 - length)];
            }
        }
        return 0;
    }

    /// For AC codes whose values nobody wants, as many of them as the next [#SKIPPING_BITS] bits hold whole:
    /// bits to skip with their values in bits 0 to 5, from bit 6 how many coefficients that skips, with [#END]
    /// added where it ends the block; 0 where the first code is longer or wrong.
    char[] skipping() {
        char[] skipping = new char[1 << SKIPPING_BITS];
        for (int i = 0; i < skipping.length; i++) {
            int bits = 0;
            int advance = 0;
            while (bits < SKIPPING_BITS) {
                int entry = single[(i << bits & (1 << SKIPPING_BITS) - 1) >> SKIPPING_BITS - BITS];
                if (entry == 0 || (entry & 31) > SKIPPING_BITS - bits) {
                    break;
                }
                int next = advance + advance(entry);
                if ((next & END - 1) > 63) {
                    break;
                }
                bits += (entry & 31) + (entry >> 5 & 15);
                advance = next;
                if (advance >= END) {
                    break;
                }
            }
            skipping[i] = (char) (bits | advance << 6);
        }
        return skipping;
    }

    /// How many coefficients an AC entry stands for, its value included.
    static int advance(int entry) {
        return (entry >> 9) + ((entry >> 5 & 15) == 0 ? 0 : 1);
    }
}
