package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import java.util.List;

/// Chooses the AC coefficients of each block so that `error + lambda * bits` is least over the block: a
/// shortest path through the values that may be kept, where an edge from one kept value to the next costs the
/// code of the run between them (Ramchandran and Vetterli, "Rate-distortion optimal fast thresholding with
/// complete JPEG/MPEG decoder compatibility", 1994; Crouse and Ramchandran, "Joint thresholding and quantizer
/// selection", 1997). Errors are counted in squared target steps, so each frequency weighs as its step says it
/// should.
///
/// Only what is not zero in the source can be kept, which leaves some ten nodes a block. Not thread-safe.
public final class Trellis {
    private static final int ZRL = 0xF0;

    private final BitWorth worth;

    /// In the block at hand.
    private double lambda;

    /// By number of kept candidates: 0 stands for the start of the block.
    private final int[] position = new int[65];

    private final double[] cost = new double[65];
    private final double[] zeroed = new double[65];
    private final int[] chosen = new int[65];
    private final int[] before = new int[65];

    public Trellis(BitWorth worth) {
        this.worth = worth;
    }

    /// As [PlaneRequantiser#requantise].
    ///
    /// @param lengths of the codes that the choice will be coded with, or nearly so
    public void requantise(
            Frame frame, Coefficients from, List<Requantiser> requantisers, CodeLengths lengths, Coefficients into) {
        into.resetSparse(frame);
        for (FrameComponent component : frame.components()) {
            Requantiser requantiser = requantisers.get(component.index());
            int[] codes = lengths.of(requantiser);
            short[] source = from.plane(component);
            short[] target = into.plane(component);
            for (int row = 0; row < component.blocksHigh(); row++) {
                int first = row * component.storedWide();
                for (int block = first; block < first + component.blocksWide(); block++) {
                    int at = block * 64;
                    into.dc(component)[block] = (short) requantiser.dc(from.dc(component)[block]);
                    lambda = worth.in(block);
                    into.masks(component)[block] =
                            block(source, from.masks(component)[block], at, requantiser.maps(), codes, target);
                }
            }
        }
    }

    /// Gives the mask of what is kept.
    private long block(short[] from, long mask, int at, long[] maps, int[] codes, short[] into) {
        int nodes = 0;
        double zeroedSoFar = 0;
        position[0] = 0;
        cost[0] = 0;
        zeroed[0] = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            double value = Math.abs(from[at + k]) * (double) (maps[k + 1] >>> 32) / (1 << Requantiser.SHIFT);
            double squared = value * value;
            if (value >= 0.5) {
                nodes++;
                position[nodes] = k;
                relax(nodes, k, value, zeroedSoFar, codes);
                zeroed[nodes] = zeroedSoFar + squared;
            }
            zeroedSoFar += squared;
        }
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int node = 0; node <= nodes; node++) {
            double end = position[node] == 63 ? 0 : lambda * codes[0];
            double total = cost[node] + zeroedSoFar - zeroed[node] + end;
            if (total < least) {
                least = total;
                best = node;
            }
        }
        long kept = 0;
        for (int node = best; node > 0; node = before[node]) {
            int k = position[node];
            into[at + k] = (short) (from[at + k] < 0 ? -chosen[node] : chosen[node]);
            kept |= 1L << k;
        }
        return kept;
    }

    /// The cheapest way to keep coefficient `k`: after which node, and at which magnitude. The nearest
    /// magnitude and the largest one whose code is a bit shorter are tried.
    private void relax(int node, int k, double value, double zeroedSoFar, int[] codes) {
        int nearest = (int) (value + 0.5);
        int size = 32 - Integer.numberOfLeadingZeros(nearest);
        int smaller = (1 << size - 1) - 1;
        double error = (value - nearest) * (value - nearest);
        double smallerError = (value - smaller) * (value - smaller);
        double least = Double.MAX_VALUE;
        for (int last = node - 1; last >= 0; last--) {
            int run = k - position[last] - 1;
            double reach = cost[last] + zeroedSoFar - zeroed[last] + lambda * (codes[ZRL] * (run >> 4));
            int symbol = (run & 15) << 4;
            double near = reach + error + lambda * (codes[symbol | size] + size);
            if (near < least) {
                least = near;
                chosen[node] = nearest;
                before[node] = last;
            }
            if (smaller > 0) {
                double less = reach + smallerError + lambda * (codes[symbol | size - 1] + size - 1);
                if (less < least) {
                    least = less;
                    chosen[node] = smaller;
                    before[node] = last;
                }
            }
        }
        cost[node] = least;
    }
}
