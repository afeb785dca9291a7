package dev.halftone.adapters.imaging.jpeg.codec.entropy;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.Scan;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The entropy-coded data of one scan with its stuffed zeros taken out (T.81 B.1.1.5) and cut at the restart
/// markers. Each restart segment is followed by zeros, so that a reader may fetch eight bytes at a time without
/// checks. The buffers are reused from scan to scan. Not thread-safe.
public final class EntropyData {
    public static final int PADDING = 32;

    /// How far a damaged MCU can run past the end before it is noticed.
    private static final int SLACK = 4096;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private byte[] bytes = new byte[0];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int segments;

    /// Reads the scan's data out of the file; [#bytes] and the segments are valid until the next call.
    public void read(byte[] file, Scan scan) {
        int from = scan.dataStart();
        int to = scan.dataEnd();
        if (bytes.length < to - from + SLACK) {
            bytes = new byte[to - from + SLACK];
        }
        segments = 0;
        int out = 0;
        int segmentStart = 0;
        int in = from;
        while (in < to) {
            int stop = nextFF(file, in, to);
            int length = stop - in;
            ensure(out + length + SLACK);
            System.arraycopy(file, in, bytes, out, length);
            out += length;
            in = stop;
            if (in >= to) {
                break;
            }
            int next = in + 1 < to ? file[in + 1] & 0xff : 0xFF;
            if (next == 0) {
                bytes[out++] = (byte) 0xFF;
                in += 2;
            } else if (Markers.isRestart(next)) {
                if ((next & 7) != (segments & 7)) {
                    throw RefusedException.damaged(next, in, "RST" + (segments & 7), "RST" + (next & 7));
                }
                out = endSegment(segmentStart, out);
                segmentStart = out;
                in += 2;
            } else {
                in++;
            }
        }
        endSegment(segmentStart, out);
        // What a reader runs into must not depend on the file before.
        Arrays.fill(bytes, out, out + SLACK, (byte) 0);
    }

    public byte[] bytes() {
        return bytes;
    }

    public int segments() {
        return segments;
    }

    public int start(int segment) {
        return starts[segment];
    }

    /// Offset after the segment's last byte of data.
    public int end(int segment) {
        return ends[segment];
    }

    private void ensure(int room) {
        if (bytes.length < room) {
            bytes = Arrays.copyOf(bytes, Math.max(room, bytes.length + bytes.length / 2));
        }
    }

    private int endSegment(int start, int end) {
        if (segments == starts.length) {
            starts = Arrays.copyOf(starts, 2 * segments);
            ends = Arrays.copyOf(ends, 2 * segments);
        }
        starts[segments] = start;
        ends[segments++] = end;
        ensure(end + SLACK);
        Arrays.fill(bytes, end, end + PADDING, (byte) 0);
        return end + PADDING;
    }

    /// Offset of the next byte FF at or after `from`, or the file's length.
    public static int nextFF(byte[] file, int from) {
        return nextFF(file, from, file.length);
    }

    private static int nextFF(byte[] file, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long inverted = ~(long) LONGS.get(file, at);
            long zero = inverted - ONES & ~inverted & HIGHS;
            if (zero != 0) {
                return at + (Long.numberOfTrailingZeros(zero) >> 3);
            }
        }
        while (at < to && file[at] != (byte) 0xFF) {
            at++;
        }
        return at;
    }
}
