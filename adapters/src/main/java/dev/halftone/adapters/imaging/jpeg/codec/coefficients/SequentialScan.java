package dev.halftone.adapters.imaging.jpeg.codec.coefficients;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.BlockWalk.Place;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.EntropyData;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/// Decodes a sequential scan (T.81 F.2.2) into planes. The bit state lives in local variables: the top `bits`
/// bits of `window` are the next ones, and at least 32 are there before each symbol.
final class SequentialScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private SequentialScan() {}

    /// Decodes MCUs `from` to `to`, one restart segment; gives the bits that are left, negative when there were
    /// too few.
    ///
    /// @param worth for each component, by index: where a coefficient of magnitude 1 is kept
    static long decode(EntropyData data, int segment, Scan scan, BlockWalk walk, int from, int to, long[] worth) {
        byte[] bytes = data.bytes();
        long end = (long) data.end(segment) * 8;
        int position = data.start(segment);
        long window = 0;
        int bits = 0;
        int[] predictions = new int[4];
        for (int mcu = from; mcu < to; mcu++) {
            int row = mcu / walk.mcusWide();
            int column = mcu - row * walk.mcusWide();
            if ((long) position * 8 - bits > end) {
                return -1;
            }
            for (Place place : walk.places()) {
                window |= (long) LONGS.get(bytes, position) >>> bits;
                position += 63 - bits >>> 3;
                bits |= 56;
                HuffmanTable dcTable = Objects.requireNonNull(place.dc());
                int entry = dcTable.lookup()[(int) (window >>> 64 - HuffmanTable.LOOK_BITS)];
                if (entry == 0) {
                    entry = dcTable.longCode((int) (window >>> 48));
                }
                int size = entry & 0xff;
                if (entry == 0 || size > 11) {
                    throw scan.damaged("a DC code of at most 11 bits", entry == 0 ? "bits of no code" : size + " bits");
                }
                window <<= entry >> 8;
                int raw = (int) (window >>> 1 >>> 63 - size);
                int dc = predictions[place.component()] + raw - (((raw << 1) >> size ^ 1) * ((1 << size) - 1));
                window <<= size;
                bits -= (entry >> 8) + size;
                if (dc < -1024 || dc > 1023) {
                    throw scan.damaged("a DC coefficient of 11 bits", dc);
                }
                predictions[place.component()] = dc;
                int block = place.block(row, column);
                short[] plane = place.plane();
                int at = block * 64;
                place.dcs()[block] = (short) dc;

                HuffmanTable acTable = Objects.requireNonNull(place.ac());
                int[] lookup = acTable.lookup();
                long kept = worth[place.component()];
                long mask = 0;
                int k = 1;
                while (k < 64) {
                    if (bits < 32) {
                        window |= (long) LONGS.get(bytes, position) >>> bits;
                        position += 63 - bits >>> 3;
                        bits |= 56;
                    }
                    entry = lookup[(int) (window >>> 64 - HuffmanTable.LOOK_BITS)];
                    if (entry == 0) {
                        entry = acTable.longCode((int) (window >>> 48));
                    }
                    window <<= entry >> 8;
                    int run = entry >> 4 & 15;
                    size = entry & 15;
                    bits -= (entry >> 8) + size;
                    if (size == 0) {
                        if (entry == 0 || run != 0 && run != 15) {
                            throw scan.damaged("an AC code of a sequential scan", "another one");
                        }
                        if (run == 0) {
                            break;
                        }
                        k += 16;
                        continue;
                    }
                    k += run;
                    if (k > 63 || size > 10) {
                        throw scan.damaged("coefficients 1 to 63 of at most 10 bits", "k " + k + ", " + size + " bits");
                    }
                    int positive = (int) (window >> 63);
                    int value = (int) (window >>> -size) - (~positive & (1 << size) - 1);
                    window <<= size;
                    plane[at + k] = (short) value;
                    mask |= (size == 1 ? kept : -1L) & 1L << k++;
                }
                if (k > 64) {
                    throw scan.damaged("runs that end within the block", "index " + k);
                }
                place.masks()[block] = mask;
            }
        }
        return end - ((long) position * 8 - bits);
    }
}
