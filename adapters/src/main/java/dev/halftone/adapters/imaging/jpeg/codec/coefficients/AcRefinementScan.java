package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.BlockWalk.Place;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// Decodes the refinement of a band of AC coefficients (T.81 G.1.2.3): each coefficient that is not zero yet gets a
/// correction bit where it is passed. The masks say at once how many there are and where a run of zeros ends. Bit
/// state as in [SequentialScan].
final class AcRefinementScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private AcRefinementScan() {}

    /// As [SequentialScan#decode].
    ///
    /// @param worth which of the coefficients that are new in this scan are kept
    static long decode(EntropyData data, int segment, Scan scan, BlockWalk walk, int from, int to, long worth) {
        Place place = walk.places()[0];
        HuffmanTable table = Objects.requireNonNull(place.ac());
        int[] lookup = table.lookup();
        short[] plane = place.plane();
        long[] masks = place.masks();
        int low = scan.low();
        int last = scan.spectralEnd();
        long band = -1L >>> 63 - last & -1L << scan.spectralStart();
        byte[] bytes = data.bytes();
        long end = (long) data.end(segment) * 8;
        int limit = data.end(segment) + Long.BYTES;
        int position = data.start(segment);
        long window = 0;
        int bits = 0;
        int emptyBlocks = 0;
        for (int block = from; block < to; ) {
            int row = block / walk.mcusWide();
            int rowEnd = Math.min(to, (row + 1) * walk.mcusWide());
            int shift = row * (place.down() - walk.mcusWide());
            for (; block < rowEnd; block++) {
                if (position > limit) {
                    return -1;
                }
                long mask = masks[block + shift];
                if (emptyBlocks > 0 && (mask & band) == 0) {
                    emptyBlocks--;
                    continue;
                }
                int at = (block + shift) * 64;
                long fresh = 0;
                long ahead = band;
                while (ahead != 0) {
                    int value = 0;
                    long zeros = 0;
                    if (emptyBlocks == 0) {
                        if (bits < 32) {
                            window |= (long) LONGS.get(bytes, position) >>> bits;
                            position += 63 - bits >>> 3;
                            bits |= 56;
                        }
                        int entry = lookup[(int) (window >>> 64 - HuffmanTable.LOOK_BITS)];
                        if (entry == 0) {
                            entry = table.longCode((int) (window >>> 48));
                        }
                        window <<= entry >> 8;
                        bits -= entry >> 8;
                        int run = entry >> 4 & 15;
                        int size = entry & 15;
                        if (size == 1 && low < 10) {
                            value = 1 + 2 * (int) (~window >> 63) << low;
                            window <<= 1;
                            bits--;
                        } else if (size != 0 || entry == 0) {
                            throw scan.damaged(
                                    "a new coefficient of one bit, at most 10 with those below",
                                    entry == 0 ? "bits of no code" : (size + low) + " bits");
                        } else if (run < 15) {
                            emptyBlocks = (1 << run) + (int) (window >>> 1 >>> 63 - run);
                            window <<= run;
                            bits -= run;
                        }
                        zeros = emptyBlocks > 0 ? 0 : ahead & ~mask;
                        for (; run > 0; run--) {
                            zeros &= zeros - 1;
                        }
                    }
                    // All of the band up to the zero that ends the run, or all that is left of it.
                    long passed = ahead & (zeros ^ zeros - 1);
                    long old = passed & mask;
                    int count = Long.bitCount(old);
                    while (count > 0) {
                        if (bits < count) {
                            window |= (long) LONGS.get(bytes, position) >>> bits;
                            position += 63 - bits >>> 3;
                            bits |= 56;
                        }
                        int taken = Math.min(count, 56);
                        long corrections = window & -1L << 64 - taken;
                        long left = old;
                        for (; corrections != 0; corrections <<= 1, left &= left - 1) {
                            int k = at + Long.numberOfTrailingZeros(left);
                            plane[k] += (short) (((plane[k] >> 31 | 1) << low) & (int) (corrections >> 63));
                        }
                        window <<= taken;
                        bits -= taken;
                        count -= taken;
                        for (; count > 0 && taken > 0; taken--) {
                            old &= old - 1;
                        }
                    }
                    if (value != 0) {
                        if (zeros == 0) {
                            throw scan.damaged("coefficients of the band", "a run beyond it");
                        }
                        int k = Long.numberOfTrailingZeros(zeros);
                        plane[at + k] = (short) value;
                        fresh |= 1L << k;
                    }
                    ahead &= ~passed;
                }
                if (emptyBlocks > 0) {
                    emptyBlocks--;
                }
                masks[block + shift] = mask | fresh & worth;
            }
        }
        if (emptyBlocks > 0) {
            throw scan.damaged("runs of empty blocks that end with the segment", emptyBlocks + " blocks more");
        }
        return end - ((long) position * 8 - bits);
    }
}
