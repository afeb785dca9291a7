package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;

/// What a scan header may say (T.81 table B.3, G.1.1.1).
public final class ScanRules {
    private ScanRules() {}

    public static void check(Frame frame, Scan scan, int offset) {
        if (frame.progressive()) {
            checkProgressive(scan, offset);
        } else if (scan.spectralStart() != 0 || scan.spectralEnd() != 63 || scan.high() != 0 || scan.low() != 0) {
            throw RefusedException.damaged(
                    Markers.SOS,
                    offset,
                    "coefficients 0 to 63 in a sequential scan",
                    scan.spectralStart() + " to " + scan.spectralEnd());
        }
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
        boolean bits = scan.low() <= 13 && (scan.high() == 0 || scan.high() == scan.low() + 1);
        if (!band || !bits) {
            throw RefusedException.damaged(
                    Markers.SOS,
                    offset,
                    "a progressive scan as table B.3 allows",
                    "Ss %d Se %d Ah %d Al %d, %d components"
                            .formatted(
                                    scan.spectralStart(),
                                    scan.spectralEnd(),
                                    scan.high(),
                                    scan.low(),
                                    scan.components().size()));
        }
    }
}
