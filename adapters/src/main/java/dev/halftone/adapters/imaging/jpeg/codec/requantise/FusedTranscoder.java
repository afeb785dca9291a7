package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BlockIndex;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/// The fast path: a sequential file of one scan is decoded, requantised and turned into [Tokens] in one pass,
/// block by block, with the bit state in registers and no coefficient ever stored. Not thread-safe.
public final class FusedTranscoder {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final EntropyData data = new EntropyData();
    private final SkipTables skipTables = new SkipTables();
    private final BlockIndex unasked = BlockIndex.ofNothing();

    /// Whether the file is one sequential scan of all components.
    public static boolean canTake(JpegStream file) {
        return !file.frame().progressive()
                && file.scans().size() == 1
                && file.scans().getFirst().components().size()
                        == file.frame().components().size();
    }

    /// @param requantisers one for each component
    public void tokenize(JpegStream file, List<Requantiser> requantisers, Tokens into) {
        tokenize(file, requantisers, into, unasked);
    }

    /// @param requantisers one for each component
    /// @param index is filled
    public void tokenize(JpegStream file, List<Requantiser> requantisers, Tokens into, BlockIndex index) {
        Frame frame = file.frame();
        Scan scan = file.scans().getFirst();
        data.read(file.bytes(), scan);
        into.clear();
        boolean single = scan.components().size() == 1;
        FrameComponent only = scan.components().getFirst().component();
        int total = single ? only.blocksWide() * only.blocksHigh() : frame.mcusWide() * frame.mcusHigh();
        int interval = scan.restartInterval() == 0 ? total : scan.restartInterval();
        int segments = Frame.ceilDiv(total, interval);
        if (data.segments() != segments) {
            throw scan.damaged(segments + " restart segments", data.segments());
        }
        for (FrameComponent component : frame.components()) {
            into.huffman(component.index(), requantisers.get(component.index()).huffman());
        }
        BlockPlan[] mcu = BlockPlan.mcu(scan, requantisers, skipTables);
        index.begin(total * mcu.length);
        int[] lastWritten = new int[4];
        for (int segment = 0; segment < segments; segment++) {
            int mcus = Math.min(interval, total - segment * interval);
            long left = run(scan, mcu, segment, mcus, lastWritten, into, index, segment * interval);
            if (left < 0 || left >= 8) {
                throw scan.damaged(
                        "data that ends with its last MCU", left < 0 ? "too little" : left + " bits too many");
            }
        }
    }

    /// Decodes and requantises one restart segment; gives the bits that are left, negative when it was too
    /// short.
    private long run(
            Scan scan,
            BlockPlan[] blocks,
            int segment,
            int mcus,
            int[] lastWritten,
            Tokens into,
            BlockIndex index,
            int firstMcu) {
        long[] entries = index.entries();
        int step = index.step();
        int indexed = firstMcu * blocks.length * step;
        byte[] bytes = data.bytes();
        int[] counts = into.counts();
        int[] lastRead = new int[4];
        long end = (long) data.end(segment) * 8;
        int position = data.start(segment);
        long window = 0;
        int bits = 0;
        int used = into.size();

        for (int m = 0; m < mcus; m++) {
            int[] tokens = into.room(used);
            if ((long) position * 8 - bits > end) {
                return -1;
            }
            for (BlockPlan block : blocks) {
                window |= (long) LONGS.get(bytes, position) >>> bits;
                position += 63 - bits >>> 3;
                bits |= 56;

                int entry = block.dcLookup()[(int) (window >>> 64 - HuffmanTable.LOOK_BITS)];
                if (entry == 0) {
                    entry = block.dc().longCode((int) (window >>> 48));
                }
                int size = entry & 0xff;
                if (entry == 0 || size > 11) {
                    throw scan.damaged("a DC code of at most 11 bits", size);
                }
                window <<= entry >> 8;
                int raw = (int) (window >>> 1 >>> 63 - size);
                int dc = lastRead[block.component()] + raw - (((raw << 1) >> size ^ 1) * ((1 << size) - 1));
                window <<= size;
                bits -= (entry >> 8) + size;
                if (dc < -1024 || dc > 1023) {
                    throw scan.damaged("a DC coefficient of 11 bits", dc);
                }
                lastRead[block.component()] = dc;
                int mapped = block.requantiser().dc(dc);
                entries[indexed] = BlockIndex.entry(used, mapped);
                indexed += step;
                int difference = mapped - lastWritten[block.component()];
                lastWritten[block.component()] = mapped;
                int outSize = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
                int token = block.dcToken() | outSize << 20 | difference + (difference >> 31) & (1 << outSize) - 1;
                counts[token >>> 20]++;
                tokens[used++] = token;

                int acToken = block.acToken();
                long[] maps = block.maps();
                int[] penalties = block.penalties();
                SkipTable skip = block.skip();
                int[] lookup = skip.first();
                int bound = skip.firstBound();
                int k = 1;
                int previous = 1;
                while (true) {
                    while (k < bound) {
                        if (bits < 32) {
                            window |= (long) LONGS.get(bytes, position) >>> bits;
                            position += 63 - bits >>> 3;
                            bits |= 56;
                        }
                        int found = lookup[(int) (window >>> 64 - SkipTable.LOOK_BITS)];
                        if (found == 0) {
                            found = skip.slow((int) (window >>> 48), scan);
                        }
                        long value = window << (found >>> SkipTable.BEFORE_SHIFT);
                        window <<= found;
                        bits -= found & 63;
                        int valueSize = found >>> SkipTable.SIZE_SHIFT & 15;
                        int positive = (int) (value >> 63);
                        int magnitude = ((int) (value >>> -valueSize) ^ ~positive) & (1 << valueSize) - 1;
                        k += found >>> SkipTable.ADVANCE_SHIFT & 255;
                        int run = k - previous - 1;
                        long map = maps[k];
                        int exact = magnitude * (int) (map >>> 32) + (int) map - penalties[run & 63];
                        int result = exact >> Requantiser.SHIFT;
                        int survives = -result >>> 31;
                        if (run > 15 & survives != 0) {
                            for (; run > 15; run -= 16) {
                                tokens[used++] = acToken | 0xF0 << 20;
                                counts[(acToken | 0xF0 << 20) >>> 20]++;
                            }
                        }
                        int resultSize = 32 - Integer.numberOfLeadingZeros(result);
                        token = acToken
                                | ((run << 4 | resultSize) & 0xff) << 20
                                | (result ^ ~positive) & (1 << resultSize) - 1;
                        tokens[used] = token;
                        used += survives;
                        counts[token >>> 20] += survives;
                        previous += (k - previous) & -survives;
                        k += found >>> SkipTable.AFTER_SHIFT;
                    }
                    if (k >= 64) {
                        break;
                    }
                    lookup = bound == SkipTable.LAST_COMPOSED ? skip.plain() : skip.composed();
                    bound = bound == SkipTable.LAST_COMPOSED ? 64 : SkipTable.LAST_COMPOSED;
                }
                if (k > 64 && k < SkipTable.END_OF_BLOCK) {
                    throw scan.damaged("runs that end within the block", "index " + k);
                }
                if (previous < 64) {
                    tokens[used++] = acToken;
                    counts[acToken >>> 20]++;
                }
            }
        }
        into.size(used);
        entries[indexed] = BlockIndex.entry(used, 0);
        return end - ((long) position * 8 - bits);
    }
}
