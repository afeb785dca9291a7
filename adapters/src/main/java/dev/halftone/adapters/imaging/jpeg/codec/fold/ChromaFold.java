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
/// fixed pattern to the block that it is folded into (Chang and Messerschmitt, "Manipulation and compositing of
/// MC-DCT compressed video", 1995). Few coefficients are not zero, and only those are added. The averages are
/// those of libjpeg's box filter.
///
/// The folded chroma comes at steps of 1, exact to half a level; what no 8-bit sample could cause is cut to the
/// range of 8-bit files. Not thread-safe.
public final class ChromaFold {
    private static final QuantTable UNIT = QuantTable.of(ones());

    private final float[] sum = new float[64];
    private final float[] least = new float[64];

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

    /// Folds the chroma planes in place; the luma stays as it is.
    ///
    /// @param picture where [#applies] holds; AC values outside its masks are not read
    /// @param least by zig-zag index: AC values of the folded chroma that are nearer to zero are left out,
    /// because they would vanish anyway
    public Folded fold(Frame frame, List<QuantTable> tables, Coefficients picture, float[] least) {
        System.arraycopy(least, 0, this.least, 0, 64);
        FrameComponent luma = frame.components().getFirst();
        int across = 3 - luma.horizontal();
        int down = 3 - luma.vertical();
        List<FrameComponent> components = new ArrayList<>();
        components.add(sampled(luma, 2, 2, luma.blocksWide(), luma.blocksHigh(), luma.storedWide()));
        for (FrameComponent chroma : frame.components().subList(1, 3)) {
            FrameComponent folded = sampled(
                    chroma,
                    1,
                    1,
                    Frame.ceilDiv(chroma.blocksWide(), across),
                    Frame.ceilDiv(chroma.blocksHigh(), down),
                    Frame.ceilDiv(chroma.blocksWide(), across));
            fold(chroma, tables.get(chroma.index()), across, down, folded, picture);
            components.add(folded);
        }
        Frame folded = new Frame(frame.progressive(), frame.width(), frame.height(), 2, 2, List.copyOf(components));
        return new Folded(folded, List.of(tables.getFirst(), UNIT, UNIT));
    }

    private static FrameComponent sampled(
            FrameComponent of, int horizontal, int vertical, int wide, int high, int stride) {
        return new FrameComponent(of.index(), of.id(), horizontal, vertical, of.tableId(), wide, high, stride, high);
    }

    /// Writes never overtake reads: block `n` of the result comes from blocks `n` and later.
    private void fold(
            FrameComponent from, QuantTable table, int across, int down, FrameComponent into, Coefficients picture) {
        short[] dcs = picture.dc(from);
        short[] plane = picture.plane(from);
        long[] masks = picture.masks(from);
        float[][] patterns = FoldPatterns.of(across, down);
        float[] steps = new float[64];
        for (int k = 0; k < 64; k++) {
            steps[k] = table.step(k);
        }
        for (int row = 0; row < into.blocksHigh(); row++) {
            for (int column = 0; column < into.blocksWide(); column++) {
                Arrays.fill(sum, 0);
                for (int y = 0; y < down; y++) {
                    boolean below = row * down + y >= from.blocksHigh();
                    int sourceRow = below ? row * down : row * down + y;
                    for (int x = 0; x < across; x++) {
                        boolean beyond = column * across + x >= from.blocksWide();
                        int sourceColumn = beyond ? column * across : column * across + x;
                        int block = sourceRow * from.storedWide() + sourceColumn;
                        // Past the edge the last block stands mirrored: the same block folded from the other side.
                        int quadrant = y * across + x;
                        add(dcs[block], plane, masks[block], block * 64, steps, patterns[quadrant], beyond, below);
                    }
                }
                int block = row * into.storedWide() + column;
                dcs[block] = (short) Math.clamp(Math.round(sum[0]), -1024, 1023);
                masks[block] = store(plane, block * 64);
            }
        }
    }

    private void add(
            short dc,
            short[] plane,
            long mask,
            int at,
            float[] steps,
            float[] patterns,
            boolean mirrored,
            boolean flipped) {
        float[] into = sum;
        for (long left = mask | 1; left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            float value = (k == 0 ? dc : plane[at + k]) * steps[k];
            if ((mirrored && FoldPatterns.isOddAcross(k)) ^ (flipped && FoldPatterns.isOddDown(k))) {
                value = -value;
            }
            int pattern = k * 64;
            for (int i = 0; i < 64; i++) {
                into[i] += value * patterns[pattern + i];
            }
        }
    }

    private long store(short[] plane, int at) {
        long mask = 0;
        for (int k = 1; k < 64; k++) {
            if (Math.abs(sum[k]) >= least[k]) {
                plane[at + k] = (short) Math.clamp(Math.round(sum[k]), -1023, 1023);
                mask |= 1L << k;
            }
        }
        return mask;
    }

    private static int[] ones() {
        int[] ones = new int[64];
        Arrays.fill(ones, 1);
        return ones;
    }
}
