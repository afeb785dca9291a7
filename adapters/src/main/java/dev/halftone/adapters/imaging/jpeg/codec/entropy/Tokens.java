package dev.halftone.adapters.imaging.jpeg.codec.entropy;

import java.util.Arrays;

/// The symbols of a scan in coding order, with their additional bits, and how often each symbol occurs: what is
/// left between choosing coefficients and writing them with tables made for them. A token holds its table in
/// bits 28 to 29, its symbol in bits 20 to 27, its additional bits in bits 0 to 15. Reused from picture to
/// picture. Not thread-safe.
public final class Tokens {
    public static final int DC_LUMA = 0;
    public static final int AC_LUMA = 1;
    public static final int DC_CHROMA = 2;
    public static final int AC_CHROMA = 3;

    private final int[] huffman = new int[4];
    private final int[] counts = new int[4 * 256];
    private int[] tokens = new int[1 << 16];
    private int size;

    public void clear() {
        size = 0;
        Arrays.fill(counts, 0);
    }

    /// Says which pair of tables a component's tokens are of: 0 for the luminance's, 1 for the chrominance's.
    public void huffman(int component, int pair) {
        huffman[component] = pair;
    }

    public int huffman(int component) {
        return huffman[component];
    }

    /// Makes room for the tokens of one block and more.
    public int[] room(int used) {
        if (tokens.length - used < 1024) {
            tokens = Arrays.copyOf(tokens, tokens.length * 2);
        }
        return tokens;
    }

    public int[] array() {
        return tokens;
    }

    public void size(int used) {
        size = used;
    }

    public int size() {
        return size;
    }

    /// Bytes held.
    public long footprint() {
        return tokens.length * 4L;
    }

    /// By table and symbol, bits 20 to 29 of a token: how often it occurs.
    public int[] counts() {
        return counts;
    }

    /// How often each symbol of a table occurs.
    public int[] counts(int table) {
        return Arrays.copyOfRange(counts, table << 8, table + 1 << 8);
    }

    /// Bits that the tokens take with the best tables for them, without tables, headers and stuffed bytes.
    public long optimalBits() {
        long bits = 0;
        for (int table = 0; table < 4; table++) {
            int[] symbols = counts(table);
            int[] codes = OptimalHuffman.table(symbols).codes();
            for (int symbol = 0; symbol < 256; symbol++) {
                bits += (long) symbols[symbol] * ((codes[symbol] & 0xff) + (symbol & 15));
            }
        }
        return bits;
    }
}
