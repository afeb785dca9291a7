package dev.halftone.domain.pipeline;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The point of a picture that stays in sight, or where something is laid on it.
///
/// @param x 0 for the left edge to 1 for the right one
/// @param y 0 for the top edge to 1 for the bottom one
public record Gravity(double x, double y) {
    public static final Gravity CENTER = new Gravity(0.5, 0.5);

    private static final Map<String, Gravity> NAMED = new TreeMap<>(Map.of(
            "center", CENTER,
            "top", new Gravity(0.5, 0),
            "bottom", new Gravity(0.5, 1),
            "left", new Gravity(0, 0.5),
            "right", new Gravity(1, 0.5),
            "top-left", new Gravity(0, 0),
            "top-right", new Gravity(1, 0),
            "bottom-left", new Gravity(0, 1),
            "bottom-right", new Gravity(1, 1)));

    private static final Map<String, String> COMPASS = Map.of(
            "centre", "center",
            "north", "top",
            "south", "bottom",
            "west", "left",
            "east", "right",
            "northwest", "top-left",
            "northeast", "top-right",
            "southwest", "bottom-left",
            "southeast", "bottom-right");

    public Gravity {
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
            throw new IllegalArgumentException("a gravity lies between 0 and 1, not at " + x + ", " + y);
        }
    }

    /// Reads `center`, `top-left` and so on, or the compass names, or two sides joined by a comma.
    public static Optional<Gravity> ofWire(String wire) {
        String name = wire.toLowerCase(Locale.ROOT);
        String plain = COMPASS.getOrDefault(name, name).replace(',', '-');
        Gravity found = NAMED.get(plain);
        if (found == null && plain.indexOf('-') > 0) {
            int dash = plain.indexOf('-');
            found = NAMED.get(plain.substring(dash + 1) + "-" + plain.substring(0, dash));
        }
        return Optional.ofNullable(found);
    }

    /// Its name, or the two numbers.
    public String wire() {
        return NAMED.entrySet().stream()
                .filter(entry -> entry.getValue().equals(this))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(x + "," + y);
    }

    /// Where a stretch of `length` begins in one of `whole` so that it is centred on this point, as far as it fits.
    static int offset(double at, int whole, int length) {
        return (int) Math.clamp(Math.floor(at * whole - length / 2.0), 0, whole - length);
    }
}
