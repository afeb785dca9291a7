package dev.halftone.adapters.imaging.jpeg.codec.scans;

import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import java.util.Arrays;

/// What AC scans of one component would cost, for every band between a list of edges, out of one walk over the
/// coefficients. Within a band only the first coefficient of a block knows where the band starts, and only the
/// run of empty blocks knows where it ends; all other symbols are shared by all bands that hold them. Not
/// thread-safe.
///
/// Piece `i` is the coefficients from edge `i` to before edge `i + 1`; a band is pieces `a` to `b`.
final class BandStatistics {
    private final int[] edges;
    private final int pieces;
    private final int[] pieceOf = new int[64];
    private final int[][][] firstInBand;
    private final int[][][] linked;
    private final int[][][] runs;
    private final int[][] runFrom;
    private final long[] corrections;
    private final int[] zerosBefore;

    /// @param edges first index of each piece, from 1 on, then 64
    BandStatistics(int... edges) {
        this.edges = edges.clone();
        pieces = edges.length - 1;
        for (int piece = 0; piece < pieces; piece++) {
            Arrays.fill(pieceOf, edges[piece], edges[piece + 1], piece);
        }
        firstInBand = new int[pieces][pieces][256];
        linked = new int[pieces][pieces][256];
        runs = new int[pieces][pieces][15];
        runFrom = new int[pieces][pieces];
        corrections = new long[pieces];
        zerosBefore = new int[pieces];
    }

    int pieces() {
        return pieces;
    }

    int start(int piece) {
        return edges[piece];
    }

    int end(int piece) {
        return edges[piece + 1] - 1;
    }

    /// Counts a first scan with point transform `low` (T.81 G.1.2.2), or the refinement from `low + 1` to
    /// `low` (G.1.2.3).
    void count(SparsePlane plane, int low, boolean refinement) {
        clear();
        for (int block = 0; block < plane.blocks(); block++) {
            int found = refinement ? countRefinement(plane, block, low) : countFirst(plane, block, low);
            if (found != 0) {
                endRuns(block, found);
            }
        }
        endRuns(plane.blocks(), (1 << pieces) - 1);
    }

    private void clear() {
        for (int a = 0; a < pieces; a++) {
            for (int b = 0; b < pieces; b++) {
                Arrays.fill(firstInBand[a][b], 0);
                Arrays.fill(linked[a][b], 0);
                Arrays.fill(runs[a][b], 0);
            }
            Arrays.fill(runFrom[a], 0);
        }
        Arrays.fill(corrections, 0);
    }

    /// Gives the pieces that hold a coefficient as bits from 0 on, those whose last place is taken from 16 on.
    private int countFirst(SparsePlane plane, int block, int low) {
        int[] entries = plane.entries();
        int found = 0;
        int before = -1;
        int pieceBefore = -1;
        for (int at = plane.start(block); ; at++) {
            int k = entries[at] >> 16;
            if (k == SparsePlane.END) {
                return found;
            }
            int magnitude = Math.abs((short) entries[at]) >> low;
            if (magnitude == 0) {
                continue;
            }
            int size = 32 - Integer.numberOfLeadingZeros(magnitude);
            int piece = pieceOf[k];
            if (pieceBefore >= 0) {
                put(linked[pieceBefore][piece], k - before - 1, size);
            }
            for (int a = pieceBefore + 1; a <= piece; a++) {
                put(firstInBand[a][piece], k - edges[a], size);
            }
            found |= 1 << piece | (k == edges[piece + 1] - 1 ? 1 << 16 + piece : 0);
            before = k;
            pieceBefore = piece;
        }
    }

    private int countRefinement(SparsePlane plane, int block, int low) {
        int[] entries = plane.entries();
        int found = 0;
        int old = 0;
        int zerosAtLast = 0;
        int pieceBefore = -1;
        int pieceReached = -1;
        for (int at = plane.start(block); ; at++) {
            int k = entries[at] >> 16;
            if (k == SparsePlane.END) {
                return found;
            }
            int magnitude = Math.abs((short) entries[at]) >> low;
            if (magnitude == 0) {
                continue;
            }
            int piece = pieceOf[k];
            while (pieceReached < piece) {
                zerosBefore[++pieceReached] = edges[pieceReached] - old;
            }
            if (magnitude > 1) {
                corrections[piece]++;
                old++;
                continue;
            }
            int zeros = k - old;
            if (pieceBefore >= 0) {
                put(linked[pieceBefore][piece], zeros - zerosAtLast - 1, 1);
            }
            for (int a = pieceBefore + 1; a <= piece; a++) {
                put(firstInBand[a][piece], zeros - zerosBefore[a], 1);
            }
            found |= 1 << piece | (k == edges[piece + 1] - 1 ? 1 << 16 + piece : 0);
            zerosAtLast = zeros;
            pieceBefore = piece;
        }
    }

    private static void put(int[] counts, int run, int size) {
        counts[0xF0] += run >> 4;
        counts[(run & 15) << 4 | size]++;
    }

    /// Ends, in each band that this block has a coefficient in, the run of empty blocks before it. A block
    /// whose band ends in zeros begins the next run itself.
    private void endRuns(int block, int found) {
        for (int b = 0; b < pieces; b++) {
            int within = found & (2 << b) - 1;
            int start = (found >> 16 + b & 1) != 0 ? block + 1 : block;
            int highest = 31 - Integer.numberOfLeadingZeros(within);
            for (int a = 0; a <= highest; a++) {
                int run = block - runFrom[a][b];
                if (run > 0) {
                    putRun(runs[a][b], run);
                }
                runFrom[a][b] = start;
            }
        }
    }

    private static void putRun(int[] counts, int run) {
        counts[14] += run / ScanTokens.LONGEST_RUN;
        int rest = run % ScanTokens.LONGEST_RUN;
        if (rest > 0) {
            counts[31 - Integer.numberOfLeadingZeros(rest)]++;
        }
    }

    /// Exact bits of the scan of pieces `a` to `b`: symbols, additional bits and Huffman table, without the
    /// scan's header.
    long bits(int a, int b) {
        int[] counts = new int[256];
        long additional = 0;
        for (int piece = a; piece <= b; piece++) {
            add(firstInBand[a][piece], counts);
            for (int before = a; before <= piece; before++) {
                add(linked[before][piece], counts);
            }
            additional += corrections[piece];
        }
        for (int length = 0; length < 15; length++) {
            counts[length << 4] += runs[a][b][length];
            additional += (long) length * runs[a][b][length];
        }
        for (int symbol = 0; symbol < 256; symbol++) {
            additional += (long) (symbol & 15) * counts[symbol];
        }
        return additional + OptimalHuffman.bits(counts);
    }

    private static void add(int[] counts, int[] into) {
        for (int i = 0; i < 256; i++) {
            into[i] += counts[i];
        }
    }
}
