package dev.halftone.adapters.imaging.jpeg.codec.turn;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import java.util.List;

/// The header of a turned picture, whose coefficients lie in the planes given to [#of].
///
/// @param tables quantisation table of each component
public record TurnedPicture(Frame frame, List<QuantTable> tables) {

    /// Turns a picture.
    ///
    /// @param from the picture's coefficients, which stay as they are
    /// @param into takes the turned ones; must not be `from`
    /// @throws IllegalArgumentException when the turn is not exact for this frame, see [Turn#isExact]
    public static TurnedPicture of(
            Turn turn, Frame frame, List<QuantTable> tables, Coefficients from, Coefficients into) {
        if (!turn.isExact(frame)) {
            throw new IllegalArgumentException("a picture of %dx%d with MCUs of %dx%d blocks cannot be turned exactly"
                    .formatted(frame.width(), frame.height(), frame.maxHorizontal(), frame.maxVertical()));
        }
        Frame turned = turn.frame(frame);
        into.reset(turned);
        BlockTurn blocks = new BlockTurn(turn);
        for (FrameComponent component : frame.components()) {
            FrameComponent result = turned.components().get(component.index());
            move(turn, blocks, component, from, result, into);
        }
        into.setMasks(turned);
        return new TurnedPicture(turned, tables.stream().map(turn::table).toList());
    }

    /// Blocks beyond the picture fill up MCUs and stay outside: along a mirrored side only a picture of one
    /// component has them, and no scan of such a picture reads them.
    private static void move(
            Turn turn,
            BlockTurn blocks,
            FrameComponent source,
            Coefficients from,
            FrameComponent result,
            Coefficients into) {
        for (int row = 0; row < result.storedHigh(); row++) {
            int y = turn.mirrorsDown() && row < result.blocksHigh() ? result.blocksHigh() - 1 - row : row;
            for (int column = 0; column < result.storedWide(); column++) {
                int x = turn.mirrorsAcross() && column < result.blocksWide()
                        ? result.blocksWide() - 1 - column
                        : column;
                int block = turn.transposes() ? x * source.storedWide() + y : y * source.storedWide() + x;
                int to = row * result.storedWide() + column;
                into.dc(result)[to] = from.dc(source)[block];
                blocks.apply(from.plane(source), block * 64, into.plane(result), to * 64);
            }
        }
    }
}
