package dev.halftone.domain.pipeline;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A colour in sRGB.
///
/// @param argb `0xAARRGGBB`, alpha not multiplied in
public record Rgba(int argb) {
    public static final Rgba WHITE = new Rgba(0xffffffff);
    public static final Rgba BLACK = new Rgba(0xff000000);
    public static final Rgba CLEAR = new Rgba(0x00ffffff);

    private static final Map<String, Rgba> NAMED = Map.of(
            "white", WHITE,
            "black", BLACK,
            "transparent", CLEAR,
            "red", new Rgba(0xffff0000),
            "green", new Rgba(0xff008000),
            "blue", new Rgba(0xff0000ff),
            "yellow", new Rgba(0xffffff00),
            "gray", new Rgba(0xff808080),
            "grey", new Rgba(0xff808080),
            "silver", new Rgba(0xffc0c0c0));

    public int alpha() {
        return argb >>> 24;
    }

    public int red() {
        return argb >> 16 & 255;
    }

    public int green() {
        return argb >> 8 & 255;
    }

    public int blue() {
        return argb & 255;
    }

    /// Reads `rgb`, `rrggbb`, or with the alpha first `argb`, `aarrggbb` as imgix does, with or without `#`; or one of
    /// a
    /// few names.
    public static Optional<Rgba> ofWire(String wire) {
        String text = wire.toLowerCase(Locale.ROOT);
        Rgba named = NAMED.get(text);
        if (named != null) {
            return Optional.of(named);
        }
        String digits = text.startsWith("#") ? text.substring(1) : text;
        if (!digits.matches("[0-9a-f]{3,8}") || digits.length() == 5 || digits.length() == 7) {
            return Optional.empty();
        }
        String full = digits.length() <= 4 ? digits.replaceAll(".", "$0$0") : digits;
        return Optional.of(new Rgba((int) Long.parseLong(full.length() == 6 ? "ff" + full : full, 16)));
    }

    /// Six digits, or eight with the alpha first.
    public String wire() {
        return alpha() == 255 ? String.format("%06x", argb & 0xffffff) : String.format("%08x", argb);
    }
}
