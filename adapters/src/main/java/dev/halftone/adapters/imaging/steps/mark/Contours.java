package dev.halftone.adapters.imaging.steps.mark;

import java.awt.geom.Path2D;
import java.nio.ByteBuffer;

/// The contours of a simple glyph in a TrueType font's table `glyf`: points on and off quadratic curves, each as a
/// difference to the one before.
final class Contours {
    private static final int ON_CURVE = 1;
    private static final int REPEAT = 8;

    private static final int NARROW_X = 2;
    private static final int SAME_X = 16;
    private static final int NARROW_Y = 4;
    private static final int SAME_Y = 32;

    private Contours() {}

    /// @param data right after the glyph's bounds
    static Path2D read(ByteBuffer data, int contours) {
        int[] ends = new int[contours];
        for (int i = 0; i < contours; i++) {
            ends[i] = data.getShort() & 0xffff;
        }
        int count = contours == 0 ? 0 : ends[contours - 1] + 1;
        data.position(data.position() + 2 + (data.getShort(data.position()) & 0xffff));
        int[] flags = new int[count];
        for (int i = 0; i < count; i++) {
            flags[i] = data.get();
            int repeats = (flags[i] & REPEAT) != 0 ? data.get() & 0xff : 0;
            for (; repeats > 0; repeats--, i++) {
                flags[i + 1] = flags[i];
            }
        }
        int[] xs = coordinates(data, flags, NARROW_X, SAME_X);
        int[] ys = coordinates(data, flags, NARROW_Y, SAME_Y);
        Path2D path = new Path2D.Double();
        int start = 0;
        for (int end : ends) {
            contour(path, flags, xs, ys, start, end - start + 1);
            start = end + 1;
        }
        return path;
    }

    /// @param narrow flag of a coordinate in one byte
    /// @param same flag of one that does not change, or of a byte's plus sign
    private static int[] coordinates(ByteBuffer data, int[] flags, int narrow, int same) {
        int[] values = new int[flags.length];
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            if ((flags[i] & narrow) != 0) {
                int step = data.get() & 0xff;
                value += (flags[i] & same) != 0 ? step : -step;
            } else if ((flags[i] & same) == 0) {
                value += data.getShort();
            }
            values[i] = value;
        }
        return values;
    }

    /// Between two points off the curve lies one on it, halfway.
    private static void contour(Path2D path, int[] flags, int[] xs, int[] ys, int start, int length) {
        int first = 0;
        while (first < length && (flags[start + first] & ON_CURVE) == 0) {
            first++;
        }
        int last = start + length - 1;
        boolean none = first == length;
        path.moveTo(
                none ? (xs[start] + xs[last]) / 2.0 : xs[start + first],
                none ? (ys[start] + ys[last]) / 2.0 : ys[start + first]);
        for (int i = none ? 0 : 1; i <= (none ? length - 1 : length); i++) {
            int at = start + (first + i) % length;
            if ((flags[at] & ON_CURVE) != 0) {
                path.lineTo(xs[at], ys[at]);
                continue;
            }
            int next = start + (first + i + 1) % length;
            boolean curve = (flags[next] & ON_CURVE) != 0;
            path.quadTo(
                    xs[at],
                    ys[at],
                    curve ? xs[next] : (xs[at] + xs[next]) / 2.0,
                    curve ? ys[next] : (ys[at] + ys[next]) / 2.0);
            i += curve ? 1 : 0;
        }
        path.closePath();
    }
}
