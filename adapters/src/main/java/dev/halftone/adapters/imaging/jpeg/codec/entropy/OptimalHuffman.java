package dev.halftone.adapters.imaging.jpeg.codec.entropy;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import java.util.Arrays;

/// Builds length-limited Huffman tables by T.81 Annex K.2. A 257th symbol of frequency 1 reserves the code of
/// all ones.
public final class OptimalHuffman {
    private static final int RESERVED = 256;
    private static final int LONGEST = 64;

    private OptimalHuffman() {}

    /// The table that codes symbols of these frequencies in the fewest bits with codes of at most 16 bits
    /// (figures K.1 to K.4). No code consists of ones only.
    ///
    /// @param frequencies of 256 symbols
    public static HuffmanTable table(int[] frequencies) {
        int[] sizes = codeSizes(frequencies);
        int[] counts = new int[LONGEST + 1];
        for (int size : sizes) {
            counts[size]++;
        }
        counts[0] = 0;
        limit(counts);
        return new HuffmanTable(Arrays.copyOf(counts, 17), symbolsBySize(sizes));
    }

    /// How many bits symbols of these frequencies and the specification of their table take in a file (T.81
    /// B.2.4.2), their additional bits not counted.
    ///
    /// @param frequencies of 256 symbols
    public static long bits(int[] frequencies) {
        int[] sizes = codeSizes(frequencies);
        sizes[RESERVED] = 0;
        for (int size : sizes) {
            if (size > 16) {
                return bits(frequencies, table(frequencies));
            }
        }
        long bits = 8 * 17;
        for (int symbol = 0; symbol < 256; symbol++) {
            bits += sizes[symbol] == 0 ? 0 : 8 + (long) frequencies[symbol] * sizes[symbol];
        }
        return bits;
    }

    /// The same with a table at hand.
    public static long bits(int[] frequencies, HuffmanTable table) {
        int[] codes = table.codes();
        long bits = 8 * (17 + (long) table.symbolCount());
        for (int symbol = 0; symbol < 256; symbol++) {
            bits += (long) frequencies[symbol] * (codes[symbol] & 0xff);
        }
        return bits;
    }

    /// Figure K.1, with two sorted queues in place of its search: leaves in order of frequency, then joined
    /// nodes, whose frequencies come out in order by themselves.
    private static int[] codeSizes(int[] frequencies) {
        long[] leaves = new long[257];
        int used = 0;
        for (int symbol = 0; symbol < 256; symbol++) {
            if (frequencies[symbol] > 0) {
                leaves[used++] = (long) frequencies[symbol] << 9 | 511 - symbol - 1;
            }
        }
        leaves[used++] = 1L << 9;
        Arrays.sort(leaves, 0, used);
        int[] parent = new int[2 * used];
        long[] joined = new long[used];
        int leaf = 0;
        int node = 0;
        for (int made = 0; made < used - 1; made++) {
            long sum = 0;
            for (int side = 0; side < 2; side++) {
                boolean takeLeaf = node >= made || leaf < used && leaves[leaf] >>> 9 <= joined[node];
                if (takeLeaf) {
                    sum += leaves[leaf] >>> 9;
                    parent[leaf++] = used + made;
                } else {
                    sum += joined[node];
                    parent[used + node++] = used + made;
                }
            }
            joined[made] = sum;
        }
        return depths(leaves, parent, used);
    }

    private static int[] depths(long[] leaves, int[] parent, int used) {
        int[] depth = new int[2 * used];
        for (int node = 2 * used - 3; node >= 0; node--) {
            depth[node] = depth[parent[node]] + 1;
        }
        int[] sizes = new int[257];
        for (int i = 0; i < used; i++) {
            int low = (int) (leaves[i] & 511);
            sizes[low == 0 ? RESERVED : 510 - low] = Math.max(1, Math.min(LONGEST, depth[i]));
        }
        return sizes;
    }

    /// Figure K.3: shortens codes of more than 16 bits, then gives back the reserved code.
    private static void limit(int[] counts) {
        for (int length = LONGEST; length > 16; length--) {
            while (counts[length] > 0) {
                int shorter = length - 2;
                while (counts[shorter] == 0) {
                    shorter--;
                }
                counts[length] -= 2;
                counts[length - 1]++;
                counts[shorter + 1] += 2;
                counts[shorter]--;
            }
        }
        int longest = 16;
        while (counts[longest] == 0) {
            longest--;
        }
        counts[longest]--;
    }

    /// Figure K.4: symbols by the size they had before the limit, within a size by value.
    private static byte[] symbolsBySize(int[] sizes) {
        byte[] symbols = new byte[256];
        int count = 0;
        for (int size = 1; size <= LONGEST; size++) {
            for (int symbol = 0; symbol < 256; symbol++) {
                if (sizes[symbol] == size) {
                    symbols[count++] = (byte) symbol;
                }
            }
        }
        return Arrays.copyOf(symbols, count);
    }
}
