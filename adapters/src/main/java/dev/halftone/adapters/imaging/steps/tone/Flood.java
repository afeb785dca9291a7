package dev.halftone.adapters.imaging.steps.tone;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Arrays;
import java.util.BitSet;

/// What of a picture is reached from its border over pixels near one colour, up, down and sideways.
final class Flood {
    private final Picture.Colour picture;
    private final int colour;
    private final int tolerance;
    private final Deadline deadline;
    private final BitSet reached;
    private int[] waiting = new int[1024];
    private int count;

    private Flood(Picture.Colour picture, int colour, int tolerance, Deadline deadline) {
        this.picture = picture;
        this.colour = colour;
        this.tolerance = tolerance;
        this.deadline = deadline;
        this.reached = new BitSet(picture.argb().length);
    }

    /// One bit a pixel, rows from top to bottom.
    static BitSet fromBorder(Picture.Colour picture, int colour, int tolerance, Deadline deadline) {
        Flood flood = new Flood(picture, colour, tolerance, deadline);
        int right = picture.width() - 1;
        int bottom = picture.height() - 1;
        for (int x = 0; x <= right; x++) {
            flood.from(x, 0);
            flood.from(x, bottom);
        }
        for (int y = 0; y <= bottom; y++) {
            flood.from(0, y);
            flood.from(right, y);
        }
        return flood.reached;
    }

    /// Clear pixels are background whatever their colour.
    static boolean isNear(int pixel, int colour, int tolerance) {
        return pixel >>> 24 == 0 || Argb.difference(pixel, colour) <= tolerance;
    }

    private boolean isOpen(int at) {
        return !reached.get(at) && isNear(picture.argb()[at], colour, tolerance);
    }

    private void from(int x, int y) {
        push(y * picture.width() + x);
        int runs = 0;
        while (count > 0) {
            if ((runs++ & 255) == 0) {
                deadline.check();
            }
            int at = waiting[--count];
            if (isOpen(at)) {
                fillRow(at);
            }
        }
    }

    /// Fills the stretch of its row around a pixel, and puts one pixel of each open stretch above and below in wait.
    private void fillRow(int at) {
        int width = picture.width();
        int row = at / width * width;
        int left = at;
        while (left > row && isOpen(left - 1)) {
            left--;
        }
        int right = at;
        while (right < row + width - 1 && isOpen(right + 1)) {
            right++;
        }
        reached.set(left, right + 1);
        if (row > 0) {
            pushStretches(left - width, right - width);
        }
        if (row + width < picture.argb().length) {
            pushStretches(left + width, right + width);
        }
    }

    private void pushStretches(int left, int right) {
        boolean before = false;
        for (int i = left; i <= right; i++) {
            boolean open = isOpen(i);
            if (open && !before) {
                push(i);
            }
            before = open;
        }
    }

    private void push(int at) {
        if (count == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * count);
        }
        waiting[count++] = at;
    }
}
