package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the blocks of a scan's MCUs lie in the planes (T.81 A.2): an MCU of an interleaved scan holds several
/// blocks of each component, one of a scan of one component is a block.
///
/// @param places the blocks of an MCU in coding order
/// @param mcusWide MCUs in a row
record BlockWalk(Place[] places, int mcusWide) {

    /// One block of the MCU.
    ///
    /// @param component index of its component
    /// @param first block number in the first MCU
    /// @param right how much further the block of the next MCU in the row is
    /// @param down how much further the first MCU's block of the next row is
    record Place(
            int component,
            short[] dcs,
            short[] plane,
            long[] masks,
            @Nullable HuffmanTable dc,
            @Nullable HuffmanTable ac,
            int first,
            int right,
            int down) {

        int block(int row, int column) {
            return first + row * down + column * right;
        }
    }

    static BlockWalk of(Frame frame, Scan scan, Coefficients planes) {
        List<Place> places = new ArrayList<>();
        boolean interleaved = scan.components().size() > 1;
        for (ScanComponent one : scan.components()) {
            FrameComponent component = one.component();
            int across = interleaved ? component.horizontal() : 1;
            int down = interleaved ? component.vertical() : 1;
            for (int y = 0; y < down; y++) {
                for (int x = 0; x < across; x++) {
                    places.add(new Place(
                            component.index(),
                            planes.dc(component),
                            planes.plane(component),
                            planes.masks(component),
                            one.dc(),
                            one.ac(),
                            y * component.storedWide() + x,
                            across,
                            down * component.storedWide()));
                }
            }
        }
        int wide = interleaved
                ? frame.mcusWide()
                : scan.components().getFirst().component().blocksWide();
        return new BlockWalk(places.toArray(Place[]::new), wide);
    }
}
