package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;

/// Decodes all scans of a file into [Coefficients]: the general path, for progressive files, several scans and
/// whatever else needs a picture's coefficients at once. Not thread-safe.
public final class PlaneDecoder {
    /// Every coefficient is of use, for each of four components.
    public static final long[] ALL = {-1L, -1L, -1L, -1L};

    private final EntropyData data = new EntropyData();
    private final Refinement[] refinements = {new Refinement(), new Refinement(), new Refinement(), new Refinement()};

    /// Decodes so that every coefficient may be read.
    public void decode(JpegStream file, Coefficients into) {
        decode(file, into, () -> {});
    }

    /// @param eachScan runs before each scan, and may throw to stop
    public void decode(JpegStream file, Coefficients into, Runnable eachScan) {
        into.reset(file.frame());
        scans(file, into, eachScan, ALL);
    }

    /// Decodes without clearing what the masks exclude ([Coefficients#resetSparse]).
    ///
    /// @param eachScan runs before each scan, and may throw to stop
    /// @param worth for each component, by index: where a coefficient of magnitude 1 is of any use;
    ///     the others are left out
    public void decodeSparse(JpegStream file, Coefficients into, Runnable eachScan, long[] worth) {
        into.resetSparse(file.frame());
        scans(file, into, eachScan, worth);
    }

    private void scans(JpegStream file, Coefficients into, Runnable eachScan, long[] worth) {
        if (file.frame().progressive()) {
            for (FrameComponent component : file.frame().components()) {
                refinements[component.index()].reset(component);
            }
        }
        for (Scan scan : file.scans()) {
            eachScan.run();
            data.read(file.bytes(), scan);
            scan(file.frame(), scan, into, worth);
        }
    }

    private void scan(Frame frame, Scan scan, Coefficients into, long[] worth) {
        boolean interleaved = scan.components().size() > 1;
        FrameComponent only = scan.components().getFirst().component();
        int total = interleaved ? frame.mcusWide() * frame.mcusHigh() : only.blocksWide() * only.blocksHigh();
        int interval = scan.restartInterval() == 0 ? total : scan.restartInterval();
        int segments = Frame.ceilDiv(total, interval);
        if (data.segments() != segments) {
            throw scan.damaged(segments + " restart segments", data.segments());
        }
        BlockWalk walk = BlockWalk.of(frame, scan, into);
        for (int segment = 0; segment < segments; segment++) {
            int from = segment * interval;
            int to = Math.min(total, from + interval);
            long left = segment(frame, scan, segment, walk, from, to, worth);
            if (left < 0 || left >= 8) {
                throw scan.damaged(
                        "data that ends with its last MCU", left < 0 ? "too little" : left + " bits too many");
            }
        }
    }

    private long segment(Frame frame, Scan scan, int segment, BlockWalk walk, int from, int to, long[] worth) {
        if (!frame.progressive()) {
            return SequentialScan.decode(data, segment, scan, walk, from, to, worth);
        }
        if (scan.spectralStart() == 0) {
            return DcScan.decode(data, segment, scan, walk, from, to);
        }
        int component = scan.components().getFirst().component().index();
        // Only the last bits of a coefficient tell whether it stays at 1.
        long kept = scan.low() == 0 ? worth[component] : -1L;
        return scan.high() == 0
                ? AcFirstScan.decode(data, segment, scan, walk, from, to, kept)
                : AcRefinementScan.decode(data, segment, scan, walk, from, to, kept, refinements[component]);
    }
}
