package dev.halftone.adapters.imaging.jpeg.codec.turn;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import java.util.List;

/// One of the eight ways to lay a picture: a transposition or none, then a mirroring of what came out, from
/// left to right, from top to bottom, both or neither. Immutable.
///
/// @param transposes rows become columns
/// @param mirrorsAcross left and right change places, after the transposition
/// @param mirrorsDown top and bottom change places, after the transposition
public record Turn(boolean transposes, boolean mirrorsAcross, boolean mirrorsDown) {
    private static final int BLOCK = 8;

    /// The turn that makes a picture with this EXIF orientation upright (EXIF 2.32, tag 0112).
    ///
    /// @param orientation 1 to 8, where 1 moves nothing
    public static Turn upright(int orientation) {
        if (orientation < 1 || orientation > 8) {
            throw new IllegalArgumentException("an EXIF orientation is 1 to 8, not " + orientation);
        }
        boolean across = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        boolean down = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        return new Turn(orientation >= 5, across, down);
    }

    /// The turn that undoes this one.
    public Turn inverse() {
        return transposes ? new Turn(true, mirrorsDown, mirrorsAcross) : this;
    }

    /// Whether the picture can be turned without loss. Blocks move whole, so a side that changes places with
    /// its opposite must not end within an MCU: what fills the last MCU up would come to lie inside the
    /// picture. In a picture of one component an MCU is one block, whatever its sampling factors (T.81 A.2.2).
    public boolean isExact(Frame frame) {
        boolean single = frame.components().size() == 1;
        int mcuWidth = BLOCK * (single ? 1 : frame.maxHorizontal());
        int mcuHeight = BLOCK * (single ? 1 : frame.maxVertical());
        boolean mirrorsWidth = transposes ? mirrorsDown : mirrorsAcross;
        boolean mirrorsHeight = transposes ? mirrorsAcross : mirrorsDown;
        return !(mirrorsWidth && frame.width() % mcuWidth != 0) && !(mirrorsHeight && frame.height() % mcuHeight != 0);
    }

    /// The frame of the turned picture. A transposition changes sampling too: 4:2:2 becomes 4:4:0.
    public Frame frame(Frame frame) {
        if (!transposes) {
            return frame;
        }
        List<FrameComponent> components =
                frame.components().stream().map(Turn::transposed).toList();
        return new Frame(
                frame.progressive(),
                frame.height(),
                frame.width(),
                frame.maxVertical(),
                frame.maxHorizontal(),
                components);
    }

    /// The quantisation table of the turned picture.
    public QuantTable table(QuantTable table) {
        if (!transposes) {
            return table;
        }
        int[] steps = new int[64];
        for (int k = 0; k < 64; k++) {
            steps[BlockTurn.transposed(k)] = table.step(k);
        }
        return QuantTable.of(steps);
    }

    private static FrameComponent transposed(FrameComponent component) {
        return new FrameComponent(
                component.index(),
                component.id(),
                component.vertical(),
                component.horizontal(),
                component.tableId(),
                component.blocksHigh(),
                component.blocksWide(),
                component.storedHigh(),
                component.storedWide());
    }
}
