package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;

/// What one scan header may say (T.81 B.2.3, table B.3, G.1.1.1). What it may say after those before it is
/// [Progression]'s part.
final class ScanRules {
    /// The deepest bit that a progressive scan may start from (table B.3).
    private static final int LOWEST_BIT = 13;

    private ScanRules() {}

    /// @param offset of `Ss` in the header
    static void check(Frame frame, Scan scan, int offset) {
        if (frame.progressive()) {
            checkProgressive(scan, offset);
        } else if (scan.spectralStart() != 0 || scan.spectralEnd() != 63 || scan.high() != 0 || scan.low() != 0) {
            throw RefusedException.damaged(Markers.SOS, offset, "Ss 0, Se 63, Ah 0, Al 0 (sequential)", said(scan));
        }
        checkOrder(scan, offset);
        for (ScanComponent one : scan.components()) {
            boolean dc = scan.spectralStart() == 0 && scan.high() == 0;
            boolean ac = scan.spectralEnd() > 0;
            if (dc && one.dc() == null || ac && one.ac() == null) {
                throw RefusedException.unsupported(
                        Markers.SOS,
                        offset,
                        "a Huffman table for component " + one.component().id(),
                        "none defined");
            }
        }
    }

    private static void checkProgressive(Scan scan, int offset) {
        boolean dc = scan.spectralStart() == 0;
        boolean band = dc
                ? scan.spectralEnd() == 0
                : scan.spectralStart() <= scan.spectralEnd()
                        && scan.spectralEnd() <= 63
                        && scan.components().size() == 1;
        boolean bits = scan.low() <= LOWEST_BIT && (scan.high() == 0 || scan.high() == scan.low() + 1);
        if (!band || !bits) {
            throw RefusedException.damaged(
                    Markers.SOS,
                    offset,
                    "DC alone or a band of AC of one component, refined by one bit at a time (progressive)",
                    said(scan) + ", components " + scan.components().size());
        }
    }

    private static String said(Scan scan) {
        return "Ss %d, Se %d, Ah %d, Al %d"
                .formatted(scan.spectralStart(), scan.spectralEnd(), scan.high(), scan.low());
    }

    /// B.2.3: the components of a scan follow each other as in the frame.
    private static void checkOrder(Scan scan, int offset) {
        for (int i = 1; i < scan.components().size(); i++) {
            FrameComponent before = scan.components().get(i - 1).component();
            FrameComponent after = scan.components().get(i).component();
            if (after.index() < before.index()) {
                throw RefusedException.damaged(
                        Markers.SOS,
                        offset,
                        "components in the order of the frame",
                        "id " + after.id() + " after id " + before.id());
            }
        }
    }
}
