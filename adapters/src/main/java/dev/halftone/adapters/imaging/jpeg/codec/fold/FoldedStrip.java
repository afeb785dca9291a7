package dev.halftone.adapters.imaging.jpeg.codec.fold;

import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.ZigZag;
import java.util.Arrays;

/// Some folded blocks of one component, side by side, in the making. The coefficients of the source's blocks
/// are added one by one to parts ([Halving]); then all blocks are transformed at once. Each value is stored
/// for all blocks together, which is what vector instructions want. Not thread-safe.
final class FoldedStrip {
    /// Blocks in a strip: the more, the better for vectors, and few enough for a processor's first cache.
    static final int BLOCKS = Halving.PAIRS / 8;

    private static final int ROW = 8 * BLOCKS;
    private static final int ROW_BITS = Integer.numberOfTrailingZeros(ROW);

    private final float[] values = new float[8 * ROW];
    private final float[] differences = new float[8 * ROW];
    private final byte[] rows = new byte[BLOCKS];
    private final int[] low = new int[BLOCKS];
    private final int[] high = new int[BLOCKS];
    private final int[] parts = new int[64];
    private final int[] places = new int[64];
    private final float[][] weights = new float[4][64];
    private final float[] reciprocals = new float[64];
    private boolean halvesAcross;
    private boolean halvesDown;

    /// @param across blocks folded into one in a row, 1 or 2
    /// @param down likewise in a column
    /// @param table of the source's blocks
    /// @param least by zig-zag index: AC values of folded blocks that are nearer to zero are left out
    void begin(int across, int down, QuantTable table, float[] least) {
        halvesAcross = across == 2;
        halvesDown = down == 2;
        for (int k = 0; k < 64; k++) {
            int x = ZigZag.NATURAL[k] & 7;
            int y = ZigZag.NATURAL[k] >> 3;
            parts[k] = ((halvesDown ? Halving.part(y) : y) * 8 + (halvesAcross ? Halving.part(x) : x)) * BLOCKS;
            places[k] = ((halvesDown ? (y >> 1) + (y & 1) * 4 : y) * 8 + x) * BLOCKS;
            double weight =
                    table.step(k) * (halvesAcross ? Halving.weight(x) : 1) * (halvesDown ? Halving.weight(y) : 1);
            // Of the right one of two blocks the mirror image is added, and of the lower one.
            for (int quadrant = 0; quadrant < 4; quadrant++) {
                boolean turned = (x & quadrant & 1) != 0 ^ (y & quadrant >> 1 & 1) != 0;
                weights[quadrant][k] = (float) (turned ? -weight : weight);
            }
            reciprocals[k] = 1 / least[k];
        }
    }

    void clear() {
        Arrays.fill(values, 0);
        Arrays.fill(rows, (byte) 0);
    }

    /// Adds the coefficients of one source block, given as tokens.
    ///
    /// @param block that it is folded into, 0 to [#BLOCKS] less 1
    /// @param x 1 for the right one of two, else 0
    /// @param y 1 for the lower one of two, else 0
    /// @param from the first AC token
    /// @param to after the last one
    void add(int block, int x, int y, int dc, int[] tokens, int from, int to) {
        float[] into = values;
        float[] weight = weights[y * 2 + x];
        int at = block + y * 4 * ROW + x * 4 * BLOCKS;
        int touched = 1;
        into[at] = dc * weight[0];
        int k = 0;
        for (int i = from; i < to; i++) {
            int token = tokens[i];
            int size = token >>> 20 & 15;
            k += (token >>> 24 & 15) + 1;
            int part = parts[k & 63];
            // T.81 F.1.2.1.1; nothing for the end of a block.
            int value = (token & 0xFFFF) + (((token & 0xFFFF) >> size - 1) - 1 & 1 - (1 << size));
            into[at + part] += value * weight[k & 63];
            touched |= 1 << (part >> ROW_BITS);
        }
        rows[block] |= (byte) (touched << y * 4);
    }

    /// Adds the coefficients of one source block, given as they are.
    ///
    /// @param mask bit `k` is set where AC coefficient `k` is not zero
    /// @param from the block's place in the plane
    void add(int block, int x, int y, int dc, short[] plane, int from, long mask) {
        float[] weight = weights[y * 2 + x];
        int at = block + y * 4 * ROW + x * 4 * BLOCKS;
        int touched = 1;
        values[at] = dc * weight[0];
        for (long left = mask & -2; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            values[at + parts[k]] += plane[from + k] * weight[k];
            touched |= 1 << (parts[k] >> ROW_BITS);
        }
        rows[block] |= (byte) (touched << y * 4);
    }

    /// Past the right edge the last block stands mirrored.
    void mirrorAcross(int block) {
        for (int row = 0; row < 8 * ROW; row += ROW) {
            for (int x = 0; x < 4; x++) {
                values[row + (x + 4) * BLOCKS + block] = values[row + x * BLOCKS + block];
            }
        }
    }

    /// Past the lower edge each block stands mirrored.
    void mirrorDown() {
        System.arraycopy(values, 0, values, 4 * ROW, 4 * ROW);
        for (int block = 0; block < BLOCKS; block++) {
            rows[block] |= (byte) (rows[block] << 4);
        }
    }

    /// Makes the coefficients of what was added.
    ///
    /// @param count blocks that are asked for, from the first on
    void finish(int count) {
        if (halvesAcross) {
            for (int block = 0; block < count; block++) {
                for (int left = rows[block] & 0xff; left != 0; left &= left - 1) {
                    Halving.join(values, Integer.numberOfTrailingZeros(left) * ROW + block, BLOCKS);
                }
            }
        }
        if (halvesDown) {
            Halving.joinAll(values, differences);
        }
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        for (int k = 1; k < 64; k++) {
            mark(values, places[k], k < 32 ? low : high, count, reciprocals[k], k & 31);
        }
    }

    private static void mark(float[] values, int at, int[] marks, int count, float reciprocal, int bit) {
        for (int i = 0; i < count; i++) {
            marks[i] |= Math.min((int) (Math.abs(values[at + i]) * reciprocal), 1) << bit;
        }
    }

    int dc(int block) {
        return Math.clamp(Math.round(values[block]), -1024, 1023);
    }

    /// Bit `k` is set where AC coefficient `k` is as large as it must be.
    long mask(int block) {
        return (long) high[block] << 32 | low[block] & 0xFFFFFFFFL;
    }

    /// What no 8-bit sample could cause is cut to the range of 8-bit files.
    int ac(int block, int k) {
        return Math.clamp(Math.round(values[places[k] + block]), -1023, 1023);
    }
}
