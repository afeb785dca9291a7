package dev.halftone.adapters.imaging.steps;

import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntBinaryOperator;

/// Pictures for the steps, made pixel by pixel.
public final class Pictures {
    public static final Deadline DEADLINE = Deadline.in(Duration.ofMinutes(2));

    private Pictures() {}

    public static Picture.Colour of(int width, int height, IntBinaryOperator colour) {
        int[] argb = new int[width * height];
        Arrays.setAll(argb, i -> colour.applyAsInt(i % width, i / width));
        return Picture.Colour.of(width, height, argb);
    }

    public static Picture.Colour plain(int width, int height, int argb) {
        return of(width, height, (x, y) -> argb);
    }

    public static Picture.Colour noise(int width, int height, boolean opaque, long seed) {
        Random random = new Random(seed);
        return of(width, height, (x, y) -> random.nextInt() | (opaque ? 0xff000000 : 0));
    }

    public static int at(Picture.Colour picture, int x, int y) {
        return picture.argb()[y * picture.width() + x];
    }
}
