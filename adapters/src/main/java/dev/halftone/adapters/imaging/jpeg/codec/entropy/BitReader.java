package dev.halftone.adapters.imaging.jpeg.codec.entropy;

import dev.halftone.adapters.imaging.jpeg.codec.HuffmanTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads bits, the highest first, from one restart segment of [EntropyData]. Reading past the segment's end
/// gives zeros; [#overrun] tells afterwards. Not thread-safe.
public final class BitReader {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;
    private long window;
    private int bits;

    public BitReader(EntropyData data, int segment) {
        bytes = data.bytes();
        position = data.start(segment);
        end = data.end(segment);
    }

    /// Makes at least 32 bits available.
    public void refill() {
        if (bits <= 32) {
            int next = position + 4 <= bytes.length ? (int) INTS.get(bytes, position) : 0;
            window |= (next & 0xFFFFFFFFL) << (32 - bits);
            position += 4;
            bits += 32;
        }
    }

    /// The next `count` bits, 1 to 32, not consumed; [#refill] must have made them available.
    public int peek(int count) {
        return (int) (window >>> (64 - count));
    }

    public void skip(int count) {
        window <<= count;
        bits -= count;
    }

    /// Consumes `count` bits, 0 to 16.
    public int read(int count) {
        int value = (int) (window >>> 1 >>> (63 - count));
        skip(count);
        return value;
    }

    /// Decodes one code (T.81 F.2.2.3) and refills before it: after it at least 16 bits are left.
    ///
    /// @return its length in bits 8 to 12 and its symbol in bits 0 to 7, or 0 when the bits are no code
    public int code(HuffmanTable table) {
        refill();
        int entry = table.lookup()[peek(HuffmanTable.LOOK_BITS)];
        if (entry == 0) {
            entry = table.longCode(peek(16));
        }
        skip(entry >> 8);
        return entry;
    }

    /// Reads the additional bits of a value of this size and extends its sign (T.81 F.2.2.1, figure F.12).
    public int extended(int size) {
        int value = read(size);
        return value - (((value << 1) >> size ^ 1) * ((1 << size) - 1));
    }

    /// Whether more bits were consumed than the segment has.
    public boolean overrun() {
        return (long) position * 8 - bits > (long) end * 8;
    }

    /// Bits of the segment that are left, negative after an overrun.
    public long bitsLeft() {
        return (long) end * 8 - ((long) position * 8 - bits);
    }
}
