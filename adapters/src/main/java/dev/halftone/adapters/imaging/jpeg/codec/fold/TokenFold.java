package dev.halftone.adapters.imaging.jpeg.codec.fold;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BlockIndex;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.FusedTranscoder;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import java.util.Arrays;
import java.util.List;

/// Folds the chroma of a sequential file of one scan while it is requantised to one quality, without planes:
/// a first pass makes tokens of the file as it is, with its luma requantised already, a second one those of
/// the folded picture. In that, luma blocks only change their order, and chroma blocks are added up from
/// their tokens. The file comes out byte for byte as with [ChromaFold]. Buffers are reused; not thread-safe.
public final class TokenFold {
    private static final int DC_LUMA = Tokens.DC_LUMA << 28;
    private static final int AC_LUMA = Tokens.AC_LUMA << 28;
    private static final int DC_CHROMA = Tokens.DC_CHROMA << 28;
    private static final int AC_CHROMA = Tokens.AC_CHROMA << 28;
    private static final int SIXTEEN_ZEROS = AC_CHROMA | 0xF0 << 20;

    private final Tokens read = new Tokens();
    private final BlockIndex index = new BlockIndex();
    private final FoldedStrip[] strips = {new FoldedStrip(), new FoldedStrip()};
    private final int[] last = new int[3];
    private int used;

    /// @param file where [FusedTranscoder#canTake] and [ChromaFold#applies] hold
    /// @param requantisers of the folded picture's components; from steps of 1 for chroma
    /// @param pause runs between the two passes, and may throw to stop
    public void tokenize(
            JpegStream file, FusedTranscoder fused, List<Requantiser> requantisers, Runnable pause, Tokens into) {
        List<QuantTable> tables = file.tables();
        fused.tokenize(
                file,
                List.of(
                        requantisers.getFirst(),
                        Requantiser.identity(tables.get(1), false),
                        Requantiser.identity(tables.get(2), false)),
                read,
                index);
        pause.run();
        Frame source = file.frame();
        begin(source, tables, requantisers, into);
        int mcusWide = Frame.ceilDiv(source.mcusWide(), ChromaFold.across(source));
        int mcusHigh = Frame.ceilDiv(source.mcusHigh(), ChromaFold.down(source));
        for (int row = 0; row < mcusHigh; row++) {
            for (int column = 0; column < mcusWide; column += FoldedStrip.BLOCKS) {
                add(source, row, column, 1);
                add(source, row, column, 2);
                int end = Math.min(mcusWide, column + FoldedStrip.BLOCKS);
                for (int mcu = column; mcu < end; mcu++) {
                    int[] out = into.room(used);
                    luma(source, row, mcu, out, into.counts());
                    chroma(1, mcu - column, requantisers.get(1), out, into.counts());
                    chroma(2, mcu - column, requantisers.get(2), out, into.counts());
                }
            }
        }
        into.size(used);
    }

    /// Bytes of the buffers that grow with the picture.
    public long footprint() {
        return read.footprint() + index.footprint();
    }

    private void begin(Frame source, List<QuantTable> tables, List<Requantiser> requantisers, Tokens into) {
        into.clear();
        into.huffman(0, requantisers.getFirst().huffman());
        for (int component = 1; component < 3; component++) {
            Requantiser requantiser = requantisers.get(component);
            into.huffman(component, requantiser.huffman());
            strips[component - 1].begin(
                    ChromaFold.across(source), ChromaFold.down(source), tables.get(component), least(requantiser));
        }
        System.arraycopy(read.counts(), AC_LUMA >>> 20, into.counts(), AC_LUMA >>> 20, 256);
        Arrays.fill(last, 0);
        used = 0;
    }

    /// What rounds to the least value that survives after no zeros; a little less, as divisions round too.
    private static float[] least(Requantiser requantiser) {
        float[] least = new float[64];
        for (int k = 0; k < 64; k++) {
            int value = 1;
            while (k > 0 && value < 1024 && requantiser.ac(k, value, 0) == 0) {
                value++;
            }
            least[k] = (value - 0.5f) * 0.999f;
        }
        return least;
    }

    /// Adds up one component of the MCUs that begin at `column`.
    private void add(Frame source, int row, int column, int component) {
        FoldedStrip strip = strips[component - 1];
        int[] tokens = read.array();
        int across = ChromaFold.across(source);
        int down = ChromaFold.down(source);
        int blocksInMcu = lumaBlocks(source) + 2;
        int first = column * across;
        int end = Math.min(source.mcusWide(), first + FoldedStrip.BLOCKS * across);
        strip.clear();
        for (int y = 0; y < down && row * down + y < source.mcusHigh(); y++) {
            int block = ((row * down + y) * source.mcusWide() + first + 1) * blocksInMcu - 3 + component;
            for (int x = first; x < end; x++) {
                int from = index.start(block) + 1;
                int to = index.start(block + 1);
                strip.add(x - first >> across - 1, x & across - 1, y, index.dc(block), tokens, from, to);
                block += blocksInMcu;
            }
        }
        if (end % across != 0) {
            strip.mirrorAcross(end - first >> 1);
        }
        if ((row + 1) * down > source.mcusHigh()) {
            strip.mirrorDown();
        }
        strip.finish(Frame.ceilDiv(end - first, across));
    }

    private static int lumaBlocks(Frame source) {
        FrameComponent luma = source.components().getFirst();
        return luma.horizontal() * luma.vertical();
    }

    /// The four blocks of one folded MCU; blocks without a sample of the picture repeat the DC value before
    /// them.
    private void luma(Frame source, int row, int column, int[] out, int[] counts) {
        FrameComponent luma = source.components().getFirst();
        int horizontal = luma.horizontal();
        int vertical = luma.vertical();
        for (int i = 0; i < 4; i++) {
            int x = column * 2 + (i & 1);
            int y = row * 2 + (i >> 1);
            if (x >= luma.storedWide() || y >= luma.storedHigh()) {
                filler(out, counts);
                continue;
            }
            int mcu = (y >> vertical - 1) * source.mcusWide() + (x >> horizontal - 1);
            int block = mcu * (horizontal * vertical + 2) + (y & vertical - 1) * horizontal + (x & horizontal - 1);
            int from = index.start(block) + 1;
            int to = index.start(block + 1);
            if (x >= luma.blocksWide() || y >= luma.blocksHigh()) {
                forget(from, to, counts);
                filler(out, counts);
            } else {
                dc(0, index.dc(block), DC_LUMA, out, counts);
                copy(from, to, out);
            }
        }
    }

    private void forget(int from, int to, int[] counts) {
        for (int i = from; i < to; i++) {
            counts[read.array()[i] >>> 20]--;
        }
    }

    private void copy(int from, int to, int[] out) {
        int[] tokens = read.array();
        int at = used;
        for (int i = from; i < to; i++) {
            out[at++] = tokens[i];
        }
        used = at;
    }

    private void filler(int[] out, int[] counts) {
        out[used++] = DC_LUMA;
        out[used++] = AC_LUMA;
        counts[DC_LUMA >>> 20]++;
        counts[AC_LUMA >>> 20]++;
    }

    private void chroma(int component, int block, Requantiser requantiser, int[] out, int[] counts) {
        FoldedStrip strip = strips[component - 1];
        dc(component, requantiser.dc(strip.dc(block)), DC_CHROMA, out, counts);
        int to = used;
        int previous = 0;
        for (long left = strip.mask(block); left != 0; left &= left - 1) {
            int k = Long.numberOfTrailingZeros(left);
            int run = k - previous - 1;
            int value = requantiser.ac(k, strip.ac(block, k), run);
            if (value == 0) {
                continue;
            }
            for (; run > 15; run -= 16) {
                out[to++] = SIXTEEN_ZEROS;
                counts[SIXTEEN_ZEROS >>> 20]++;
            }
            int token = token(AC_CHROMA | run << 24, value);
            counts[token >>> 20]++;
            out[to++] = token;
            previous = k;
        }
        if (previous < 63) {
            out[to++] = AC_CHROMA;
            counts[AC_CHROMA >>> 20]++;
        }
        used = to;
    }

    private void dc(int component, int value, int table, int[] out, int[] counts) {
        int token = token(table, value - last[component]);
        last[component] = value;
        counts[token >>> 20]++;
        out[used++] = token;
    }

    private static int token(int tableAndRun, int value) {
        int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
        return tableAndRun | size << 20 | value + (value >> 31) & (1 << size) - 1;
    }
}
