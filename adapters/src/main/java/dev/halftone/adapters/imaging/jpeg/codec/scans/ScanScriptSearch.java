package dev.halftone.adapters.imaging.jpeg.codec.scans;

import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.OptimalHuffman;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the scans that hold a picture in the fewest bytes. Nothing is written to find out: the bits of every
/// candidate follow from how often its symbols occur.
///
/// Luma and chroma are cut into bands by dynamic programming over the cost of every band, first for whole
/// coefficients, then with one more low bit left to refinements for as long as that pays. What pays is cutting,
/// because each band gets its own codes and long runs of empty blocks: measured over photographs at quality 50,
/// 4.4 % of the bytes, against 0.2 % with the usual script of ten scans. Leaving low bits to refinements begins
/// to pay above that quality. The idea of searching is mozjpeg's, whose candidates have one cut.
///
/// Holds counters that are reused from picture to picture. Not thread-safe.
public final class ScanScriptSearch {
    private static final int HEADER_BITS = 8 * 10;
    private static final int MOST_REFINEMENTS = 3;

    private static final Comparator<PlannedScan> COARSE_TO_FINE = Comparator.comparing(
                    (PlannedScan scan) -> !scan.isDc())
            .thenComparing(scan -> !scan.isFirst())
            .thenComparing(PlannedScan::low, Comparator.reverseOrder())
            .thenComparing(PlannedScan::start)
            .thenComparing(scan -> scan.components().getFirst());

    private final BandStatistics statistics;
    private final ScanTokens scratch = new ScanTokens();

    private ScanScriptSearch(BandStatistics statistics) {
        this.statistics = statistics;
    }

    /// Bands end at six places along the block's diagonals.
    public static ScanScriptSearch quick() {
        return new ScanScriptSearch(new BandStatistics(1, 2, 3, 6, 10, 15, 64));
    }

    /// Bands end at eleven places: a further 0.2 to 0.4 % of the bytes for 1.7 times the time.
    public static ScanScriptSearch thorough() {
        return new ScanScriptSearch(new BandStatistics(1, 2, 3, 4, 6, 8, 10, 13, 16, 21, 28, 64));
    }

    public ScanScript best(SparsePicture picture) {
        List<PlannedScan> scans = new ArrayList<>(dc(picture));
        for (FrameComponent component : picture.frame().components()) {
            scans.addAll(ac(component.index(), picture.plane(component.index())));
        }
        scans.sort(COARSE_TO_FINE);
        return new ScanScript(scans);
    }

    /// One scan for all components, or one for each: then blocks are predicted from their neighbours in the
    /// row, and none fill up MCUs.
    private List<PlannedScan> dc(SparsePicture picture) {
        List<Integer> all =
                picture.frame().components().stream().map(FrameComponent::index).toList();
        List<PlannedScan> together = List.of(PlannedScan.dc(all, 0));
        List<PlannedScan> apart =
                all.stream().map(one -> PlannedScan.dc(List.of(one), 0)).toList();
        return all.size() > 1 && dcBits(picture, apart) < dcBits(picture, together) ? apart : together;
    }

    /// Chroma components share a table, as the writer will find when it is cheaper.
    private long dcBits(SparsePicture picture, List<PlannedScan> scans) {
        int[][] counts = new int[2][256];
        for (PlannedScan scan : scans) {
            scratch.clear();
            new ScanTokenizer(picture, scratch).append(scan);
            int[][] found = scratch.counts(0, scratch.size());
            for (int place = 0; place < scan.components().size(); place++) {
                int table = scan.components().get(place) == 0 ? 0 : 1;
                for (int symbol = 0; symbol < 256; symbol++) {
                    counts[table][symbol] += found[place][symbol];
                }
            }
        }
        long bits = (long) HEADER_BITS * scans.size();
        for (int[] table : counts) {
            bits += OptimalHuffman.bits(table);
            for (int symbol = 0; symbol < 256; symbol++) {
                bits += (long) symbol * table[symbol];
            }
        }
        return bits;
    }

    private List<PlannedScan> ac(int component, SparsePlane plane) {
        List<Cut> refinements = new ArrayList<>();
        Cut best = cut(component, plane, 0, false);
        List<PlannedScan> scans = best.scans();
        long bits = best.bits();
        long refinementBits = 0;
        for (int low = 1; low <= MOST_REFINEMENTS; low++) {
            Cut first = cut(component, plane, low, false);
            if (first.bits() + refinementBits >= bits) {
                break;
            }
            refinements.add(cut(component, plane, low - 1, true));
            refinementBits += refinements.getLast().bits();
            if (first.bits() + refinementBits >= bits) {
                break;
            }
            bits = first.bits() + refinementBits;
            scans = new ArrayList<>(first.scans());
            for (Cut refinement : refinements) {
                scans.addAll(refinement.scans());
            }
        }
        return scans;
    }

    /// The cheapest way to cut coefficients 1 to 63 into bands.
    private Cut cut(int component, SparsePlane plane, int low, boolean refinement) {
        statistics.count(plane, low, refinement);
        int pieces = statistics.pieces();
        long[] bits = new long[pieces + 1];
        int[] from = new int[pieces + 1];
        for (int to = 1; to <= pieces; to++) {
            bits[to] = Long.MAX_VALUE;
            for (int a = 0; a < to; a++) {
                long candidate = bits[a] + HEADER_BITS + statistics.bits(a, to - 1);
                if (candidate < bits[to]) {
                    bits[to] = candidate;
                    from[to] = a;
                }
            }
        }
        List<PlannedScan> scans = new ArrayList<>();
        for (int to = pieces; to > 0; to = from[to]) {
            int start = statistics.start(from[to]);
            int end = statistics.end(to - 1);
            scans.add(new PlannedScan(List.of(component), start, end, refinement ? low + 1 : 0, low));
        }
        return new Cut(scans.reversed(), bits[pieces]);
    }

    private record Cut(List<PlannedScan> scans, long bits) {}
}
