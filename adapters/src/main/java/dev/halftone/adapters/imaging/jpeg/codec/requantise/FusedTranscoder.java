package dev.halftone.adapters.imaging.jpeg.codec.requantise;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.Scan.ScanComponent;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/// The fast path: a sequential file of one scan is decoded, requantised and turned into [Tokens] in one pass,
/// block by block, with the bit state in registers and no coefficient ever stored. Not thread-safe.
public final class FusedTranscoder {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DC_LOOK_BITS = HuffmanTable.LOOK_BITS;

    private final EntropyData data = new EntropyData();

    /// Whether the file is one sequential scan of all components.
    public static boolean canTake(JpegStream file) {
        return !file.frame().progressive()
                && file.scans().size() == 1
                && file.scans().getFirst().components().size()
                        == file.frame().components().size();
    }

    /// @param requantisers one for each component
    public void tokenize(JpegStream file, List<Requantiser> requantisers, Tokens into) {
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
            throw RefusedException.damaged(
                    Markers.SOS, scan.dataStart(), segments + " restart segments", data.segments());
        }
        Mcu mcu = Mcu.of(scan, requantisers, single);
        int[] lastWritten = new int[4];
        for (int segment = 0; segment < segments; segment++) {
            int mcus = Math.min(interval, total - segment * interval);
            long left = run(mcu, segment, mcus, lastWritten, into);
            if (left < 0 || left >= 8) {
                throw RefusedException.damaged(
                        Markers.SOS,
                        scan.dataStart(),
                        "data that ends with its last MCU",
                        left < 0 ? "too little" : left + " bits too many");
            }
        }
    }

    /// What each block of an MCU needs, in coding order.
    @SuppressWarnings("ArrayRecordComponent")
    private record Mcu(
            int[] component,
            int[][] dcLookup,
            HuffmanTable[] dcTable,
            SkipTable[] skip,
            int[][] factors,
            int[][] offsets) {

        static Mcu of(Scan scan, List<Requantiser> requantisers, boolean single) {
            int blocks = single
                    ? 1
                    : scan.components().stream()
                            .mapToInt(one -> one.component().horizontal()
                                    * one.component().vertical())
                            .sum();
            Mcu mcu = new Mcu(
                    new int[blocks],
                    new int[blocks][],
                    new HuffmanTable[blocks],
                    new SkipTable[blocks],
                    new int[blocks][],
                    new int[blocks][]);
            int block = 0;
            for (ScanComponent one : scan.components()) {
                int index = one.component().index();
                Requantiser requantiser = requantisers.get(index);
                SkipTable skip = new SkipTable(Objects.requireNonNull(one.ac()), requantiser);
                int count = single
                        ? 1
                        : one.component().horizontal() * one.component().vertical();
                for (int i = 0; i < count; i++, block++) {
                    mcu.component[block] = index;
                    mcu.dcTable[block] = Objects.requireNonNull(one.dc());
                    mcu.dcLookup[block] = one.dc().lookup();
                    mcu.skip[block] = skip;
                    mcu.factors[block] = padded(requantiser.factors());
                    mcu.offsets[block] = padded(requantiser.offsets());
                }
            }
            return mcu;
        }

        /// A damaged run may reach past 63 before it is noticed.
        private static int[] padded(int[] values) {
            return java.util.Arrays.copyOf(values, 256);
        }
    }

    /// Decodes and requantises one restart segment; gives the bits that are left.
    private long run(Mcu mcu, int segment, int mcus, int[] lastWritten, Tokens into) {
        byte[] bytes = data.bytes();
        int position = data.start(segment);
        long window = 0;
        int bits = 0;
        int used = into.size();
        int blocks = mcu.component.length;
        int[] lastRead = new int[4];
        long end = (long) data.end(segment) * 8;

        for (int m = 0; m < mcus; m++) {
            int[] tokens = into.room(used);
            if ((long) position * 8 - bits > end) {
                return -1;
            }
            for (int block = 0; block < blocks; block++) {
                int component = mcu.component[block];
                int[] factors = mcu.factors[block];
                int[] offsets = mcu.offsets[block];
                int dcTable = component == 0 ? Tokens.DC_LUMA : Tokens.DC_CHROMA;

                // refill to at least 56 bits
                window |= (long) LONGS.get(bytes, position) >>> bits;
                position += 63 - bits >>> 3;
                bits |= 56;

                int entry = mcu.dcLookup[block][(int) (window >>> 64 - DC_LOOK_BITS)];
                if (entry == 0) {
                    entry = mcu.dcTable[block].longCode((int) (window >>> 48));
                }
                int size = entry & 0xff;
                if (entry == 0 || size > 11) {
                    throw RefusedException.damaged(0, position, "a DC code of at most 11 bits", size);
                }
                window <<= entry >> 8;
                int raw = (int) (window >>> 1 >>> 63 - size);
                int dc = lastRead[component] + raw - (((raw << 1) >> size ^ 1) * ((1 << size) - 1));
                window <<= size;
                bits -= (entry >> 8) + size;
                if (dc < -1024 || dc > 1023) {
                    throw RefusedException.damaged(0, position, "a DC coefficient of 11 bits", dc);
                }
                lastRead[component] = dc;
                int magnitude = Math.abs(dc) * factors[0] + offsets[0] >> Requantiser.SHIFT;
                int mapped = dc < 0 ? -magnitude : magnitude;
                int difference = mapped - lastWritten[component];
                lastWritten[component] = mapped;
                int outSize = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
                into.counts(dcTable)[outSize]++;
                tokens[used++] = dcTable << 28 | outSize << 20 | difference + (difference >> 31) & (1 << outSize) - 1;

                int acTable = dcTable + 1;
                int[] counts = into.counts(acTable);
                SkipTable skip = mcu.skip[block];
                int[] plain = skip.plain();
                int[] composed = skip.composed();
                int composedFrom = skip.composedFrom();
                int k = 1;
                int previous = 0;
                while (k < 64) {
                    if (bits < 32) {
                        window |= (long) LONGS.get(bytes, position) >>> bits;
                        position += 63 - bits >>> 3;
                        bits |= 56;
                    }
                    int[] lookup = k >= composedFrom & k < SkipTable.LAST_COMPOSED ? composed : plain;
                    int found = lookup[(int) (window >>> 64 - SkipTable.LOOK_BITS)];
                    if (found == 0) {
                        found = skip.slow((int) (window >>> 48), position);
                    }
                    int length = found & 31;
                    int valueSize = found >> 13;
                    window <<= length;
                    bits -= length + valueSize;
                    k += found >> 5 & 255;
                    if (valueSize == 0) {
                        continue;
                    }
                    int bitsRaw = (int) (window >>> 64 - valueSize);
                    window <<= valueSize;
                    int negative = (bitsRaw >>> valueSize - 1) - 1;
                    int absolute = (bitsRaw ^ negative) & (1 << valueSize) - 1;
                    int result = absolute * factors[k] + offsets[k] >> Requantiser.SHIFT;
                    int survives = -result >>> 31;
                    int run = k - previous - 1;
                    if (run > 15 & survives != 0) {
                        for (; run > 15; run -= 16) {
                            tokens[used++] = acTable << 28 | 0xF0 << 20;
                            counts[0xF0]++;
                        }
                    }
                    int resultSize = 32 - Integer.numberOfLeadingZeros(result);
                    int symbol = (run << 4 | resultSize) & 0xff;
                    tokens[used] = acTable << 28 | symbol << 20 | (result ^ negative) & (1 << resultSize) - 1;
                    used += survives;
                    counts[symbol] += survives;
                    previous += (k - previous) & -survives;
                    k++;
                }
                if (k > 64 && k < SkipTable.END_OF_BLOCK) {
                    throw RefusedException.damaged(0, position, "runs that end within the block", "index " + k);
                }
                if (previous < 63) {
                    tokens[used++] = acTable << 28;
                    counts[0]++;
                }
            }
        }
        into.size(used);
        return end - ((long) position * 8 - bits);
    }
}
