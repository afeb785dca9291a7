package dev.halftone.adapters.imaging.jpeg.codec.fold;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Folds the chroma of a 4:4:4, 4:2:2 or 4:4:0 picture to 4:2:0 without leaving the DCT domain: averaging
/// neighbouring samples and transforming again are both linear, so each coefficient of a source block adds a
/// fixed pattern to the block that it is folded into (Chang and Messerschmitt, "Manipulation and compositing
/// of MC-DCT compressed video", 1995), and the patterns share their parts ([Halving]). Few coefficients are
/// not zero, and only those are added. The averages are those of libjpeg's box filter.
///
/// The folded chroma comes at steps of 1, exact to half a level; what no 8-bit sample could cause is cut to the
/// range of 8-bit files. Not thread-safe.
public final class ChromaFold {
    private static final QuantTable UNIT = QuantTable.of(ones());

    private final FoldedStrip strip = new FoldedStrip();

    /// A folded picture's header.
    ///
    /// @param tables quantisation table of each component
    public record Folded(Frame frame, List<QuantTable> tables) {}

    /// Whether there are three components of which the last two have full resolution in some direction.
    public static boolean applies(Frame frame) {
        if (frame.components().size() != 3) {
            return false;
        }
        FrameComponent luma = frame.components().get(0);
        FrameComponent blue = frame.components().get(1);
        FrameComponent red = frame.components().get(2);
        return blue.horizontal() == 1
                && blue.vertical() == 1
                && red.horizontal() == 1
                && red.vertical() == 1
                && luma.horizontal() <= 2
                && luma.vertical() <= 2
                && luma.horizontal() * luma.vertical() < 4;
    }

    /// The header of a folded picture.
    ///
    /// @param frame where [#applies] holds
    public static Folded folded(Frame frame, List<QuantTable> tables) {
        FrameComponent luma = frame.components().getFirst();
        List<FrameComponent> components = new ArrayList<>();
        components.add(sampled(luma, 2, 2, luma.blocksWide(), luma.blocksHigh(), luma.storedWide()));
        for (FrameComponent chroma : frame.components().subList(1, 3)) {
            int wide = Frame.ceilDiv(chroma.blocksWide(), across(frame));
            components.add(sampled(chroma, 1, 1, wide, Frame.ceilDiv(chroma.blocksHigh(), down(frame)), wide));
        }
        Frame folded = new Frame(frame.progressive(), frame.width(), frame.height(), 2, 2, List.copyOf(components));
        return new Folded(folded, List.of(tables.getFirst(), UNIT, UNIT));
    }

    /// Folds the chroma planes in place; the luma stays as it is.
    ///
    /// @param picture where [#applies] holds; AC values outside its masks are not read
    /// @param least by zig-zag index: AC values of the folded chroma that are nearer to zero are left out,
    /// because they would vanish anyway
    public Folded fold(Frame frame, List<QuantTable> tables, Coefficients picture, float[] least) {
        Folded folded = folded(frame, tables);
        for (FrameComponent chroma : frame.components().subList(1, 3)) {
            FrameComponent into = folded.frame().components().get(chroma.index());
            strip.begin(across(frame), down(frame), tables.get(chroma.index()), least);
            for (int row = 0; row < into.blocksHigh(); row++) {
                for (int column = 0; column < into.blocksWide(); column += FoldedStrip.BLOCKS) {
                    read(chroma, row, column, across(frame), down(frame), picture);
                    write(into, row, column, picture);
                }
            }
        }
        return folded;
    }

    /// Blocks folded into one in a row.
    static int across(Frame frame) {
        return 3 - frame.components().getFirst().horizontal();
    }

    /// Blocks folded into one in a column.
    static int down(Frame frame) {
        return 3 - frame.components().getFirst().vertical();
    }

    private static FrameComponent sampled(
            FrameComponent of, int horizontal, int vertical, int wide, int high, int stride) {
        return new FrameComponent(of.index(), of.id(), horizontal, vertical, of.tableId(), wide, high, stride, high);
    }

    private void read(FrameComponent from, int row, int column, int across, int down, Coefficients picture) {
        short[] dcs = picture.dc(from);
        short[] plane = picture.plane(from);
        long[] masks = picture.masks(from);
        int first = column * across;
        int end = Math.min(from.blocksWide(), first + FoldedStrip.BLOCKS * across);
        strip.clear();
        for (int y = 0; y < down && row * down + y < from.blocksHigh(); y++) {
            for (int x = first; x < end; x++) {
                int block = (row * down + y) * from.storedWide() + x;
                int into = (x - first) / across;
                strip.add(into, x % across, y, dcs[block], plane, block * 64, masks[block]);
            }
        }
        if (end % across != 0) {
            strip.mirrorAcross((end - first) / across);
        }
        if ((row + 1) * down > from.blocksHigh()) {
            strip.mirrorDown();
        }
        strip.finish(Frame.ceilDiv(end - first, across));
    }

    /// Writes never overtake reads: block `n` of the result comes from blocks `n` and later.
    private void write(FrameComponent into, int row, int column, Coefficients picture) {
        short[] dcs = picture.dc(into);
        short[] plane = picture.plane(into);
        long[] masks = picture.masks(into);
        int count = Math.min(FoldedStrip.BLOCKS, into.blocksWide() - column);
        for (int i = 0; i < count; i++) {
            int block = row * into.storedWide() + column + i;
            dcs[block] = (short) strip.dc(i);
            masks[block] = strip.mask(i);
            for (long left = masks[block]; left != 0; left &= left - 1) {
                int k = Long.numberOfTrailingZeros(left);
                plane[block * 64 + k] = (short) strip.ac(i, k);
            }
        }
    }

    private static int[] ones() {
        int[] ones = new int[64];
        Arrays.fill(ones, 1);
        return ones;
    }
}
