package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.BlockWalk.Place;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// Decodes the refinement of a band of AC coefficients (T.81 G.1.2.3): each coefficient that is not zero
/// already gets a correction bit where it is passed. On a block's mask one instruction finds the zero that ends
/// a run, one counts the corrections on the way, and one lays them on their coefficients: no loop over
/// coefficients, and no access to them. Bit state as in [SequentialScan].
final class AcRefinementScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private AcRefinementScan() {}

    /// As [SequentialScan#decode].
    ///
    /// @param worth which of the coefficients that are new in this scan are kept
    /// @param refinement of the component
    static long decode(
            EntropyData data,
            int segment,
            Scan scan,
            BlockWalk walk,
            int from,
            int to,
            long worth,
            Refinement refinement) {
        Place place = walk.places()[0];
        HuffmanTable table = Objects.requireNonNull(place.ac());
        int[] lookup = table.lookup();
        short[] plane = place.plane();
        long[] masks = place.masks();
        int low = scan.low();
        long[] allFresh = refinement.fresh();
        long[] negative = refinement.negative();
        long[] level = refinement.bits(low);
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
                int stored = block + shift;
                long mask = masks[stored];
                if (emptyBlocks > 0 && (mask & band) == 0) {
                    emptyBlocks--;
                    continue;
                }
                long ones = 0;
                long fresh = 0;
                long minus = 0;
                long ahead = band;
                while (ahead != 0) {
                    long zero = 0;
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
                        int run = entry >> 4 & 15;
                        int size = entry & 15;
                        bits -= (entry >> 8) + size;
                        if (entry == 0 || size > 1 || size == 1 && low >= 10) {
                            throw scan.damaged(
                                    "a new coefficient of one bit, at most 10 with those below",
                                    entry == 0 ? "bits of no code" : (size + low) + " bits");
                        }
                        if (size == 0 && run < 15) {
                            emptyBlocks = (1 << run) + (int) (window >>> 1 >>> 63 - run);
                            window <<= run;
                            bits -= run;
                        } else {
                            zero = Long.expand(1L << run, ahead & ~mask);
                            if (size > 0 && zero == 0) {
                                throw scan.damaged("coefficients of the band", "a run beyond it");
                            }
                            long one = zero & -(long) size;
                            fresh |= one;
                            minus |= one & ~(window >> 63);
                            window <<= size;
                        }
                    }
                    // All of the band up to the zero that ends the run, or all that is left of it.
                    long passed = ahead & (zero ^ zero - 1);
                    ahead &= ~passed;
                    long old = passed & mask;
                    int count = Long.bitCount(old);
                    if (bits < count) {
                        window |= (long) LONGS.get(bytes, position) >>> bits;
                        position += 63 - bits >>> 3;
                        bits |= 56;
                    }
                    ones |= Long.expand(Long.reverse(window), old);
                    window <<= count;
                    bits -= count;
                    if (bits < 0) {
                        long at = position * 8L - bits;
                        window = (long) LONGS.get(bytes, (int) (at >>> 3)) << (at & 7);
                        position = (int) (at >>> 3) + 7;
                        bits = 56 - (int) (at & 7);
                    }
                }
                if (emptyBlocks > 0) {
                    emptyBlocks--;
                }
                allFresh[stored] |= fresh;
                negative[stored] |= minus;
                if (low > 0) {
                    level[stored] |= ones | fresh;
                    masks[stored] = mask | fresh;
                } else {
                    masks[stored] = mask | fresh & worth;
                    refinement.settle(stored, masks[stored] & band, ones | fresh, plane);
                }
            }
        }
        if (emptyBlocks > 0) {
            throw scan.damaged("runs of empty blocks that end with the segment", emptyBlocks + " blocks more");
        }
        return end - ((long) position * 8 - bits);
    }
}
