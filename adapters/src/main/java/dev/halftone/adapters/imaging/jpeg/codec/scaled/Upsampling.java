package dev.halftone.adapters.imaging.jpeg.codec.scaled;

/// Brings a row of one component to the width of the picture, and picks or blends the row that belongs there:
/// the triangle filter of the IJG's library where a direction is doubled, else the nearest sample. Its choice
/// of rounding and of the method (`jdsample.c`) is kept, so that samples come out the same.
final class Upsampling {
    private enum Method {
        NONE,
        TRIANGLE_ACROSS,
        TRIANGLE_DOWN,
        TRIANGLE_BOTH,
        NEAREST
    }

    private final ComponentRows rows;
    private final Method method;
    private final byte[] line;
    private byte[] samples;
    private int offset;

    /// @param width of the picture that comes out
    Upsampling(ComponentRows rows, Scale scale, int width) {
        this.rows = rows;
        method = method(rows, scale);
        line = method == Method.NONE ? new byte[0] : new byte[Math.max(width, rows.width() * rows.stretchX())];
        samples = line;
    }

    private static Method method(ComponentRows rows, Scale scale) {
        int x = rows.stretchX();
        int y = rows.stretchY();
        boolean smooth = scale != Scale.EIGHTH;
        boolean wide = smooth && rows.width() > 2;
        if (x == 1 && y == 1) {
            return Method.NONE;
        }
        if (x == 2 && y == 1 && wide) {
            return Method.TRIANGLE_ACROSS;
        }
        if (x == 1 && y == 2 && smooth) {
            return Method.TRIANGLE_DOWN;
        }
        return x == 2 && y == 2 && wide ? Method.TRIANGLE_BOTH : Method.NEAREST;
    }

    /// Whether rows above and below the band are looked at.
    boolean needsNeighbours() {
        return method == Method.TRIANGLE_DOWN || method == Method.TRIANGLE_BOTH;
    }

    /// Makes row `y` of the picture; [#samples] and [#offset] then tell where it lies.
    void row(int y) {
        int near = y / rows.stretchY();
        int far = (y & 1) == 0 ? near - 1 : near + 1;
        byte[] in = rows.samples();
        samples = line;
        offset = 0;
        switch (method) {
            case NONE -> {
                samples = in;
                offset = rows.offset(near);
            }
            case TRIANGLE_ACROSS -> across(in, rows.offset(near));
            case TRIANGLE_DOWN -> down(in, rows.offset(near), rows.offset(far), (y & 1) + 1);
            case TRIANGLE_BOTH -> both(in, rows.offset(near), rows.offset(far));
            case NEAREST -> nearest(in, rows.offset(near));
        }
    }

    byte[] samples() {
        return samples;
    }

    int offset() {
        return offset;
    }

    private void across(byte[] in, int at) {
        int last = rows.width() - 1;
        line[0] = in[at];
        line[1] = (byte) (3 * (in[at] & 255) + (in[at + 1] & 255) + 2 >> 2);
        for (int x = 1; x < last; x++) {
            int here = 3 * (in[at + x] & 255);
            line[2 * x] = (byte) (here + (in[at + x - 1] & 255) + 1 >> 2);
            line[2 * x + 1] = (byte) (here + (in[at + x + 1] & 255) + 2 >> 2);
        }
        line[2 * last] = (byte) (3 * (in[at + last] & 255) + (in[at + last - 1] & 255) + 1 >> 2);
        line[2 * last + 1] = in[at + last];
    }

    private void down(byte[] in, int near, int far, int bias) {
        for (int x = 0; x < rows.width(); x++) {
            line[x] = (byte) (3 * (in[near + x] & 255) + (in[far + x] & 255) + bias >> 2);
        }
    }

    private void both(byte[] in, int near, int far) {
        int last = rows.width() - 1;
        int before = 3 * (in[near] & 255) + (in[far] & 255);
        int here = before;
        int next = 3 * (in[near + 1] & 255) + (in[far + 1] & 255);
        line[0] = (byte) (4 * here + 8 >> 4);
        line[1] = (byte) (3 * here + next + 7 >> 4);
        for (int x = 1; x < last; x++) {
            before = here;
            here = next;
            next = 3 * (in[near + x + 1] & 255) + (in[far + x + 1] & 255);
            line[2 * x] = (byte) (3 * here + before + 8 >> 4);
            line[2 * x + 1] = (byte) (3 * here + next + 7 >> 4);
        }
        line[2 * last] = (byte) (3 * next + here + 8 >> 4);
        line[2 * last + 1] = (byte) (4 * next + 7 >> 4);
    }

    private void nearest(byte[] in, int at) {
        int stretch = rows.stretchX();
        for (int x = 0, to = 0; x < rows.width(); x++) {
            for (int i = 0; i < stretch; i++) {
                line[to++] = in[at + x];
            }
        }
    }
}
