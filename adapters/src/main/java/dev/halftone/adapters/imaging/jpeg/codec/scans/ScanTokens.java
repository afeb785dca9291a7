package dev.halftone.adapters.imaging.jpeg.codec.scans;

import java.util.Arrays;

/// Symbols and bits of the scans of a progressive file, in coding order. A token holds the value of its
/// additional bits in bits 0 to 15, how many they are in bits 16 to 20, its symbol in bits 21 to 28, the place
/// of its component in the scan in bits 29 to 30; bit 31 says that it has no symbol, only bits. Reused from
/// picture to picture. Not thread-safe.
public final class ScanTokens {
    /// The longest run of empty blocks that one symbol tells (T.81 table G.1).
    static final int LONGEST_RUN = 0x7FFF;

    private static final int BITS_ONLY = 1 << 31;

    private int[] tokens = new int[1 << 14];
    private int size;

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public int[] array() {
        return tokens;
    }

    void symbol(int component, int symbol, int length, int bits) {
        put(component << 29 | symbol << 21 | length << 16 | bits);
    }

    /// Up to 63 bits without a symbol.
    void bits(long value, int length) {
        for (int left = length; left > 0; left -= 16) {
            int count = Math.min(16, left);
            put(BITS_ONLY | count << 16 | (int) (value >>> left - count) & (1 << count) - 1);
        }
    }

    /// Keeps a place for a symbol that is known only later; gives the place.
    int reserve() {
        put(0);
        return size - 1;
    }

    /// A run of blocks whose band is empty from here on, in the place reserved for it.
    void emptyBlocks(int place, int run) {
        int length = 31 - Integer.numberOfLeadingZeros(run);
        tokens[place] = length << 25 | length << 16 | run - (1 << length);
    }

    /// How often each symbol occurs among tokens `from` to `to`, by the component's place in the scan.
    public int[][] counts(int from, int to) {
        int[][] counts = new int[4][256];
        for (int i = from; i < to; i++) {
            int token = tokens[i];
            if (token >= 0) {
                counts[token >>> 29][token >>> 21 & 0xff]++;
            }
        }
        return counts;
    }

    private void put(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = token;
    }
}
