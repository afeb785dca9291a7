package dev.halftone.adapters.imaging.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Integers out of a file's bytes. A read past the end means a damaged file and is refused as such.
@SuppressWarnings("ArrayRecordComponent")
record ByteView(byte[] bytes, boolean littleEndian) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static ByteView bigEndian(byte[] bytes) {
        return new ByteView(bytes, false);
    }

    static ByteView littleEndian(byte[] bytes) {
        return new ByteView(bytes, true);
    }

    /// Offset of the next byte FF at or after `from`, or the length. Eight bytes at a time: a zero among their
    /// complements borrows from its highest bit.
    static int nextFF(byte[] bytes, int from) {
        int at = from;
        for (; at + 8 <= bytes.length; at += 8) {
            long inverted = ~(long) LONGS.get(bytes, at);
            long zero = inverted - 0x0101010101010101L & ~inverted & 0x8080808080808080L;
            if (zero != 0) {
                return at + (Long.numberOfTrailingZeros(zero) >> 3);
            }
        }
        while (at < bytes.length && bytes[at] != (byte) 0xff) {
            at++;
        }
        return at;
    }

    int length() {
        return bytes.length;
    }

    int u8(long at) {
        return bytes[(int) need(at, 1)] & 0xff;
    }

    int u16(long at) {
        int i = (int) need(at, 2);
        int a = bytes[i] & 0xff;
        int b = bytes[i + 1] & 0xff;
        return littleEndian ? b << 8 | a : a << 8 | b;
    }

    int u24(long at) {
        return littleEndian ? u16(at) | u8(at + 2) << 16 : u8(at) << 16 | u16(at + 1);
    }

    long u32(long at) {
        need(at, 4);
        long a = u16(at);
        long b = u16(at + 2);
        return littleEndian ? b << 16 | a : a << 16 | b;
    }

    /// A 64-bit number; one that is negative as a `long` lies outside any file.
    long u64(long at) {
        need(at, 8);
        long a = u32(at);
        long b = u32(at + 4);
        return littleEndian ? b << 32 | a : a << 32 | b;
    }

    boolean startsWith(long at, String ascii) {
        if (at < 0 || at + ascii.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if ((bytes[(int) at + i] & 0xff) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String ascii(long at, int length) {
        return new String(bytes, (int) need(at, length), length, ISO_8859_1);
    }

    byte[] slice(long at, int length) {
        int from = (int) need(at, length);
        byte[] part = new byte[length];
        System.arraycopy(bytes, from, part, 0, length);
        return part;
    }

    /// @return `at`, once `length` bytes are known to be there
    long need(long at, long length) {
        if (at < 0 || length < 0 || at > bytes.length || length > bytes.length - at) {
            throw damaged("the file ends after " + bytes.length + " bytes, but its structure reaches further");
        }
        return at;
    }

    static HalftoneException damaged(String detail) {
        return HalftoneException.of(FailureCode.CORRUPT_IMAGE, detail);
    }
}
