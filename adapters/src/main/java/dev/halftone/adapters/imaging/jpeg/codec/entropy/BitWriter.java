package dev.halftone.adapters.imaging.jpeg.codec.entropy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes a file's bytes: marker segments, and entropy-coded bits with the zero stuffed after each byte FF
/// (T.81 F.1.2.3). Reused from picture to picture. Not thread-safe.
public final class BitWriter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private byte[] bytes = new byte[1 << 16];
    private int size;

    public void clear() {
        size = 0;
    }

    public void u8(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void u16(int value) {
        u8(value >> 8);
        u8(value);
    }

    public void marker(int marker) {
        u16(0xFF00 | marker);
    }

    public void copy(byte[] from, int start, int length) {
        ensure(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public int size() {
        return size;
    }

    /// Writes tokens `from` to `to` with codes of the four tables, then fills the last byte with ones.
    ///
    /// @param codes for each table and symbol: the code in bits 8 and up, its length in bits 0 to 7
    public void tokens(Tokens tokens, int from, int to, int[][] codes) {
        long[] entries = entries(codes);
        int[] array = tokens.array();
        long window = 0;
        int free = 64;
        int i = from;
        for (; i + 1 < to; i += 2) {
            int first = array[i];
            int second = array[i + 1];
            long firstEntry = entries[first >>> 20];
            long secondEntry = entries[second >>> 20];
            long pair = (firstEntry >>> 8 | first & 0xFFFF) << secondEntry | secondEntry >>> 8 | second & 0xFFFF;
            free -= (int) (firstEntry & 0xff) + (int) (secondEntry & 0xff);
            if (free >= 0) {
                window |= pair << free;
            } else {
                put8(window | pair >>> -free);
                free += 64;
                window = pair << free;
            }
        }
        if (i < to) {
            int token = array[i];
            long entry = entries[token >>> 20];
            long value = entry >>> 8 | token & 0xFFFF;
            free -= (int) (entry & 0xff);
            if (free >= 0) {
                window |= value << free;
            } else {
                put8(window | value >>> -free);
                free += 64;
                window = value << free;
            }
        }
        flush(window, free);
    }

    /// By table and symbol: the code with room for its additional bits from bit 8, the length of both in bits 0 to 7.
    private static long[] entries(int[][] codes) {
        long[] entries = new long[4 * 256];
        for (int table = 0; table < codes.length; table++) {
            for (int symbol = 0; codes[table] != null && symbol < 256; symbol++) {
                int code = codes[table][symbol];
                int extra = symbol & 15;
                entries[table << 8 | symbol] = (long) (code >>> 8) << extra + 8 | (code & 0xff) + extra;
            }
        }
        return entries;
    }

    /// Writes tokens `from` to `to` of a scan of a progressive file (see its type for their form), then fills
    /// the last byte with ones.
    ///
    /// @param codes for each component of the scan and each symbol: as for [#tokens]
    public void scan(int[] tokens, int from, int to, int[][] codes) {
        long window = 0;
        int free = 64;
        for (int i = from; i < to; i++) {
            int token = tokens[i];
            int code = token < 0 ? 0 : codes[token >>> 29][token >>> 21 & 0xff];
            int extra = token >>> 16 & 31;
            long value = (long) (code >>> 8) << extra | token & 0xFFFF;
            free -= (code & 0xff) + extra;
            if (free >= 0) {
                window |= value << free;
            } else {
                put8(window | value >>> -free);
                free += 64;
                window = value << free;
            }
        }
        flush(window, free);
    }

    private void put8(long window) {
        if (bytes.length - size < 32) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        long inverted = ~window;
        if ((inverted - ONES & ~inverted & HIGHS) == 0) {
            LONGS.set(bytes, size, window);
            size += 8;
        } else {
            for (int shift = 56; shift >= 0; shift -= 8) {
                stuffed((int) (window >>> shift) & 0xff);
            }
        }
    }

    private void flush(long window, int free) {
        int bits = 64 - free;
        long filled = free == 64 ? 0 : window | (free == 0 ? 0 : -1L >>> bits);
        for (int shift = 56; bits > 0; shift -= 8, bits -= 8) {
            stuffed((int) (filled >>> shift) & 0xff);
        }
    }

    private void stuffed(int value) {
        ensure(2);
        bytes[size++] = (byte) value;
        if (value == 0xFF) {
            bytes[size++] = 0;
        }
    }

    private void ensure(int room) {
        if (bytes.length - size < room) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + room));
        }
    }
}
