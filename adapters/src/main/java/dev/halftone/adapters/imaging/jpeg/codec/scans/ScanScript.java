package dev.halftone.adapters.imaging.jpeg.codec.scans;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The scans of a progressive file in their order (T.81 G.1.1.1). Every scan script brings every coefficient down to
/// its
/// last bit: decoders smooth what they believe to be unfinished.
public record ScanScript(List<PlannedScan> scans) {
    public ScanScript {
        scans = List.copyOf(scans);
    }

    /// The script that most files have: `jpeg_simple_progression` of the IJG's library, for three components in
    /// the order of YCbCr or for any others.
    public static ScanScript simple(Frame frame) {
        List<Integer> all =
                frame.components().stream().map(FrameComponent::index).toList();
        List<PlannedScan> scans = new ArrayList<>();
        scans.add(PlannedScan.dc(all, 1));
        for (int component : all) {
            scans.add(PlannedScan.ac(component, 1, 5, 2));
        }
        for (int component : all) {
            scans.add(PlannedScan.ac(component, 6, 63, 2));
        }
        for (int component : all) {
            scans.add(PlannedScan.ac(component, 1, 63, 2).refined());
        }
        scans.add(PlannedScan.dc(all, 1).refined());
        List<Integer> chromaFirst = new ArrayList<>(all);
        Collections.reverse(chromaFirst);
        for (int component : chromaFirst) {
            scans.add(PlannedScan.ac(component, 1, 63, 1).refined());
        }
        return new ScanScript(scans);
    }
}
