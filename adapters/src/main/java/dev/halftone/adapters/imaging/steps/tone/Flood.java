package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.BitSet;

/// What of a picture is reached from its border, up, down and sideways: over pixels near one colour, and for a while
/// on down a slope that is as gentle as the light of a studio falls off.
final class Flood {
    /// A slope leads no further from the colour than this many tolerances.
    private static final int SLOPE = 3;

    /// A slope's pixels differ by no more than this share of the tolerance.
    private static final int STEEPNESS = 8;

    private final Picture.Colour picture;
    private final int colour;
    private final int tolerance;
    private final BitSet reached;
    private int[] waiting = new int[4096];
    private int head;
    private int count;

    private Flood(Picture.Colour picture, int colour, int tolerance) {
        this.picture = picture;
        this.colour = colour;
        this.tolerance = tolerance;
        this.reached = new BitSet(picture.argb().length);
    }

    /// One bit a pixel, rows from top to bottom.
    static BitSet fromBorder(Picture.Colour picture, int colour, int tolerance, Deadline deadline) {
        Flood flood = new Flood(picture, colour, tolerance);
        int width = picture.width();
        int last = picture.argb().length - width;
        for (int x = 0; x < width; x++) {
            flood.begin(x);
            flood.begin(last + x);
        }
        for (int at = 0; at <= last; at += width) {
            flood.begin(at);
            flood.begin(at + width - 1);
        }
        flood.spread(deadline);
        return flood.reached;
    }

    /// Clear pixels are background whatever their colour.
    static boolean isNear(int pixel, int colour, int tolerance) {
        return pixel >>> 24 == 0 || Argb.difference(pixel, colour) <= tolerance;
    }

    private void begin(int at) {
        if (isNear(picture.argb()[at], colour, tolerance)) {
            reach(at);
        }
    }

    private void spread(Deadline deadline) {
        int width = picture.width();
        for (int done = 0; count > 0; done++) {
            if ((done & 0xffff) == 0) {
                deadline.check();
            }
            int at = waiting[head];
            head = (head + 1) % waiting.length;
            count--;
            int x = at % width;
            if (x > 0) {
                visit(at, at - 1);
            }
            if (x < width - 1) {
                visit(at, at + 1);
            }
            if (at >= width) {
                visit(at, at - width);
            }
            if (at + width < picture.argb().length) {
                visit(at, at + width);
            }
        }
    }

    private void visit(int from, int at) {
        if (reached.get(at)) {
            return;
        }
        int pixel = picture.argb()[at];
        boolean open = isNear(pixel, colour, tolerance)
                || Argb.difference(pixel, picture.argb()[from]) <= tolerance / STEEPNESS
                        && Argb.difference(pixel, colour) <= SLOPE * tolerance;
        if (open) {
            reach(at);
        }
    }

    /// First in, first out, so that only the edge of what is reached waits.
    private void reach(int at) {
        if (reached.get(at)) {
            return;
        }
        reached.set(at);
        if (count == waiting.length) {
            int[] larger = new int[2 * count];
            System.arraycopy(waiting, head, larger, 0, count - head);
            System.arraycopy(waiting, 0, larger, count - head, head);
            waiting = larger;
            head = 0;
        }
        waiting[(head + count++) % waiting.length] = at;
    }
}
