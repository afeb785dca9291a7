package dev.halftone.adapters.imaging.jpeg.codec.parse;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import java.util.Arrays;

/// How far the scans of a file have coded each coefficient (T.81 A.2.3, G.1.1.1.1, G.1.1.1.2). Sequential: each
/// component in one scan. Progressive: DC before AC, each coefficient in one first scan, then refined bit by bit
/// from where the scan before it left off, down to bit 0.
///
/// A progression that stops early is legal, and decoders show it smoothed, each in its own way (libjpeg guesses
/// the missing AC coefficients). To write its coefficients as if they were final would change the picture, so it
/// is refused. So is one that leaves out scans of coefficients which are all zero: no encoder in the corpus does,
/// and a decoder cannot tell it from a cut one.
final class Progression {
    private static final int NONE = -1;

    private final boolean progressive;

    /// The lowest bit coded so far, by component and zig-zag index.
    private final int[][] low;

    Progression(Frame frame) {
        progressive = frame.progressive();
        low = new int[frame.components().size()][64];
        for (int[] component : low) {
            Arrays.fill(component, NONE);
        }
    }

    /// @param offset of `Ss` in the scan's header
    void add(Scan scan, int offset) {
        for (ScanComponent one : scan.components()) {
            FrameComponent component = one.component();
            int[] coded = low[component.index()];
            if (progressive && scan.spectralStart() > 0 && coded[0] == NONE) {
                throw RefusedException.damaged(
                        Markers.SOS,
                        offset,
                        "DC before AC of component " + component.id(),
                        "Ss " + scan.spectralStart());
            }
            for (int k = scan.spectralStart(); k <= scan.spectralEnd(); k++) {
                if (scan.high() == 0 ? coded[k] != NONE : coded[k] != scan.high()) {
                    throw RefusedException.damaged(Markers.SOS, offset, expected(component, k, coded[k]), found(scan));
                }
                coded[k] = scan.low();
            }
        }
    }

    private String expected(FrameComponent component, int k, int coded) {
        if (!progressive) {
            return "component " + component.id() + " in one scan";
        }
        String which = " of coefficient " + k + " of component " + component.id();
        return switch (coded) {
            case NONE -> "a first scan" + which;
            case 0 -> "no further scan" + which;
            default -> "a refinement from bit " + coded + which;
        };
    }

    private String found(Scan scan) {
        if (!progressive) {
            return "another one";
        }
        return scan.high() == 0 ? "a first scan" : "a refinement from bit " + scan.high();
    }

    /// @param frame of the file
    /// @param offset of EOI
    void requireComplete(Frame frame, int offset) {
        for (FrameComponent component : frame.components()) {
            int[] coded = low[component.index()];
            if (coded[0] == NONE) {
                throw RefusedException.damaged(
                        Markers.EOI, offset, "a scan of component " + component.id(), "the end of the image");
            }
            for (int k = 0; k < 64; k++) {
                if (coded[k] != 0) {
                    throw RefusedException.unsupported(
                            Markers.EOI,
                            offset,
                            "a complete progression",
                            "an incomplete one: coefficient %d of component %d %s"
                                    .formatted(
                                            k,
                                            component.id(),
                                            coded[k] == NONE ? "has no scan" : "ends at bit " + coded[k]));
                }
            }
        }
    }
}
