package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import java.util.Arrays;
import java.util.List;

/// Walks a picture's [Coefficients] in the order of one interleaved sequential scan, requantises them and turns
/// them into [Tokens]. Blocks that only fill up the last MCU hold no sample of the picture: they repeat the DC
/// of the block before them, which costs the fewest bits. Only values that the masks name are read.
public final class PlaneTokenizer {
    private final Coefficients planes;
    private final Tokens into;
    private final int[] last = new int[4];
    private int used;

    private PlaneTokenizer(Coefficients planes, Tokens into) {
        this.planes = planes;
        this.into = into;
    }

    /// @param requantisers one for each component
    /// @param restartInterval in MCUs, 0 for none
    public static void tokenize(
            Frame frame, Coefficients planes, List<Requantiser> requantisers, int restartInterval, Tokens into) {
        tokenize(frame, planes, requantisers, restartInterval, 1, into);
    }

    /// Tokenizes every `stride`-th row of MCUs only, as a sample to count.
    public static void sample(
            Frame frame, Coefficients planes, List<Requantiser> requantisers, int stride, Tokens into) {
        tokenize(frame, planes, requantisers, 0, stride, into);
    }

    private static void tokenize(
            Frame frame,
            Coefficients planes,
            List<Requantiser> requantisers,
            int restartInterval,
            int stride,
            Tokens into) {
        into.clear();
        for (FrameComponent component : frame.components()) {
            into.huffman(component.index(), requantisers.get(component.index()).huffman());
        }
        PlaneTokenizer tokenizer = new PlaneTokenizer(planes, into);
        int mcusHigh =
                frame.components().size() == 1 ? frame.components().getFirst().blocksHigh() : frame.mcusHigh();
        for (int row = stride / 2; row < mcusHigh; row += stride) {
            tokenizer.mcuRow(frame, row, requantisers, restartInterval);
        }
        into.size(tokenizer.used);
    }

    private void mcuRow(Frame frame, int row, List<Requantiser> requantisers, int restartInterval) {
        boolean single = frame.components().size() == 1;
        FrameComponent[] components = frame.components().toArray(FrameComponent[]::new);
        int mcusWide = single ? components[0].blocksWide() : frame.mcusWide();
        for (int column = 0; column < mcusWide; column++) {
            if (restartInterval > 0 && (row * mcusWide + column) % restartInterval == 0) {
                Arrays.fill(last, 0);
            }
            for (FrameComponent component : components) {
                Requantiser requantiser = requantisers.get(component.index());
                int across = single ? 1 : component.horizontal();
                int down = single ? 1 : component.vertical();
                for (int y = row * down; y < (row + 1) * down; y++) {
                    for (int x = column * across; x < (column + 1) * across; x++) {
                        if (y >= component.blocksHigh() || x >= component.blocksWide()) {
                            filler(requantiser);
                        } else {
                            block(component, y * component.storedWide() + x, requantiser);
                        }
                    }
                }
            }
        }
    }

    private void filler(Requantiser requantiser) {
        int[] tokens = into.room(used);
        int dcToken = requantiser.tokenTable() << 28;
        int acToken = requantiser.tokenTable() + 1 << 28;
        into.counts()[dcToken >>> 20]++;
        into.counts()[acToken >>> 20]++;
        tokens[used++] = dcToken;
        tokens[used++] = acToken;
    }

    private void block(FrameComponent component, int block, Requantiser requantiser) {
        int[] tokens = into.room(used);
        int[] counts = into.counts();
        short[] plane = planes.plane(component);
        long[] maps = requantiser.maps();
        int[] penalties = requantiser.penalties();
        int at = block * 64;
        int out = used;

        int dc = requantiser.dc(planes.dc(component)[block]);
        int difference = dc - last[component.index()];
        last[component.index()] = dc;
        int dcSize = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
        int token = requantiser.tokenTable() << 28 | dcSize << 20 | difference + (difference >> 31) & (1 << dcSize) - 1;
        counts[token >>> 20]++;
        tokens[out++] = token;

        int acToken = requantiser.tokenTable() + 1 << 28;
        int previous = 0;
        for (long mask = planes.masks(component)[block]; mask != 0; mask &= mask - 1) {
            int k = Long.numberOfTrailingZeros(mask);
            int value = plane[at + k];
            int sign = value >> 31;
            int run = k - previous - 1;
            long map = maps[k + 1];
            int result = ((value ^ sign) - sign) * (int) (map >>> 32) + (int) map - penalties[run] >> Requantiser.SHIFT;
            int survives = -result >>> 31;
            if (run > 15 & survives != 0) {
                for (; run > 15; run -= 16) {
                    tokens[out++] = acToken | 0xF0 << 20;
                    counts[(acToken | 0xF0 << 20) >>> 20]++;
                }
            }
            int size = 32 - Integer.numberOfLeadingZeros(result);
            token = acToken | ((run << 4 | size) & 0xff) << 20 | (result ^ sign) & (1 << size) - 1;
            tokens[out] = token;
            out += survives;
            counts[token >>> 20] += survives;
            previous += (k - previous) & -survives;
        }
        if (previous < 63) {
            tokens[out++] = acToken;
            counts[acToken >>> 20]++;
        }
        used = out;
    }
}
