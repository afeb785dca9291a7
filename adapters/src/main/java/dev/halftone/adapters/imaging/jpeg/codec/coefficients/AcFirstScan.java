package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.BlockWalk.Place;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// Decodes the first scan of a band of AC coefficients (T.81 G.1.2.2); runs of blocks whose band is empty are passed
/// over at once. Bit state as in [SequentialScan].
final class AcFirstScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private AcFirstScan() {}

    /// As [SequentialScan#decode].
    ///
    /// @param worth where a coefficient of magnitude 1 is kept
    static long decode(EntropyData data, int segment, Scan scan, BlockWalk walk, int from, int to, long worth) {
        Place place = walk.places()[0];
        HuffmanTable table = Objects.requireNonNull(place.ac());
        int[] lookup = table.lookup();
        short[] plane = place.plane();
        long[] masks = place.masks();
        int low = scan.low();
        int start = scan.spectralStart();
        int last = scan.spectralEnd();
        byte[] bytes = data.bytes();
        long end = (long) data.end(segment) * 8;
        int limit = data.end(segment) + Long.BYTES;
        int position = data.start(segment);
        long window = 0;
        int bits = 0;
        int block = from;
        while (block < to) {
            int row = block / walk.mcusWide();
            int rowEnd = Math.min(to, (row + 1) * walk.mcusWide());
            int shift = row * (place.down() - walk.mcusWide());
            while (block < rowEnd) {
                if (position > limit) {
                    return -1;
                }
                int at = (block + shift) * 64;
                long mask = 0;
                int emptyBlocks = 0;
                int k = start;
                while (k <= last) {
                    if (bits < 32) {
                        window |= (long) LONGS.get(bytes, position) >>> bits;
                        position += 63 - bits >>> 3;
                        bits |= 56;
                    }
                    int entry = lookup[(int) (window >>> 64 - HuffmanTable.LOOK_BITS)];
                    if (entry == 0) {
                        entry = table.longCode((int) (window >>> 48));
                        if (entry == 0) {
                            throw scan.damaged("an AC code of the scan's table", "other bits");
                        }
                    }
                    window <<= entry >> 8;
                    int run = entry >> 4 & 15;
                    int size = entry & 15;
                    bits -= entry >> 8;
                    if (size == 0) {
                        if (run < 15) {
                            emptyBlocks = (1 << run) - 1 + (int) (window >>> 1 >>> 63 - run);
                            window <<= run;
                            bits -= run;
                            break;
                        }
                        k += 16;
                        continue;
                    }
                    k += run;
                    if (k > last || size + low > 10) {
                        throw scan.damaged(
                                "coefficients of the band of at most 10 bits", "k " + k + ", " + (size + low));
                    }
                    int positive = (int) (window >> 63);
                    int value = (int) (window >>> -size) - (~positive & (1 << size) - 1);
                    window <<= size;
                    bits -= size;
                    plane[at + k] = (short) (value << low);
                    mask |= (size == 1 ? worth : -1L) & 1L << k++;
                }
                if (k > last + 1) {
                    throw scan.damaged("runs that end within the band", "index " + k);
                }
                masks[block + shift] |= mask;
                block += 1 + emptyBlocks;
            }
        }
        if (block > to) {
            throw scan.damaged("runs of empty blocks that end with the segment", (block - to) + " blocks more");
        }
        return end - ((long) position * 8 - bits);
    }
}
