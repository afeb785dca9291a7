package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import java.util.List;

/// Walks a picture's [Coefficients] in the order of one interleaved sequential scan, requantises them and turns
/// them into [Tokens]. Blocks that only fill up the last MCU hold no sample of the picture: they repeat the DC
/// of the block before them, which costs the fewest bits.
public final class PlaneTokenizer {
    private PlaneTokenizer() {}

    /// @param requantisers one for each component
    /// @param restartInterval in MCUs, 0 for none
    public static void tokenize(
            Frame frame, Coefficients planes, List<Requantiser> requantisers, int restartInterval, Tokens into) {
        into.clear();
        int used = 0;
        int[] last = new int[4];
        boolean single = frame.components().size() == 1;
        FrameComponent first = frame.components().getFirst();
        int mcusWide = single ? first.blocksWide() : frame.mcusWide();
        int mcusHigh = single ? first.blocksHigh() : frame.mcusHigh();
        int mcu = 0;
        for (int row = 0; row < mcusHigh; row++) {
            for (int column = 0; column < mcusWide; column++, mcu++) {
                if (restartInterval > 0 && mcu % restartInterval == 0) {
                    java.util.Arrays.fill(last, 0);
                }
                for (FrameComponent component : frame.components()) {
                    int across = single ? 1 : component.horizontal();
                    int down = single ? 1 : component.vertical();
                    for (int y = 0; y < down; y++) {
                        int blockRow = row * down + y;
                        for (int x = 0; x < across; x++) {
                            int blockColumn = column * across + x;
                            boolean filler =
                                    blockRow >= component.blocksHigh() || blockColumn >= component.blocksWide();
                            used = block(
                                    planes.plane(component),
                                    filler ? -1 : (blockRow * component.storedWide() + blockColumn) * 64,
                                    requantisers.get(component.index()),
                                    component.index(),
                                    last,
                                    into,
                                    used);
                        }
                    }
                }
            }
        }
        into.size(used);
    }

    private static int block(
            short[] plane, int at, Requantiser requantiser, int component, int[] last, Tokens into, int from) {
        int[] tokens = into.room(from);
        int used = from;
        int dcTable = component == 0 ? Tokens.DC_LUMA : Tokens.DC_CHROMA;
        int dc = at < 0 ? last[component] : requantiser.map(0, plane[at]);
        used = put(tokens, used, into.counts(dcTable), dcTable, 0, dc - last[component]);
        last[component] = dc;
        int acTable = dcTable + 1;
        int[] counts = into.counts(acTable);
        int run = 0;
        if (at >= 0) {
            for (int k = 1; k < 64; k++) {
                int value = plane[at + k];
                int mapped = value == 0 ? 0 : requantiser.map(k, value);
                if (mapped == 0) {
                    run++;
                    continue;
                }
                for (; run > 15; run -= 16) {
                    tokens[used++] = acTable << 28 | 0xF0 << 20;
                    counts[0xF0]++;
                }
                used = put(tokens, used, counts, acTable, run, mapped);
                run = 0;
            }
        }
        if (run > 0 || at < 0) {
            tokens[used++] = acTable << 28;
            counts[0]++;
        }
        return used;
    }

    private static int put(int[] tokens, int used, int[] counts, int table, int run, int value) {
        int size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
        int symbol = run << 4 | size;
        counts[symbol]++;
        tokens[used] = table << 28 | symbol << 20 | value - (value < 0 ? 1 : 0) & (1 << size) - 1;
        return used + 1;
    }
}
