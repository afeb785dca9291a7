package dev.halftone.domain.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a picture is brought to a width and a height. The names are those of the imgix family; each also has the one
/// that other families agree on, where there is one.
public enum Fit {
    /// Inside the size, shape kept; never enlarged.
    MAX("inside"),
    /// Inside the size, shape kept; enlarged where it is smaller.
    CLIP("clip"),
    /// Covers the size exactly; what stands over is cut off.
    CROP("cover"),
    /// The size's shape, cut out of the picture; never enlarged.
    MIN("min"),
    /// As [#CLIP], then padded to the size exactly.
    FILL("contain"),
    /// As [#MAX], then padded to the size exactly.
    FILLMAX("fillmax"),
    /// Stretched to the size exactly, whatever the shape.
    SCALE("stretch");

    private final String other;

    Fit(String other) {
        this.other = other;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads either name; `pad` too, for [#FILL].
    public static Optional<Fit> ofWire(String wire) {
        return Arrays.stream(values())
                .filter(fit -> fit.wire().equals(wire) || fit.other.equals(wire) || fit == FILL && wire.equals("pad"))
                .findFirst();
    }

    /// The same way of fitting, with enlarging forbidden or allowed; empty where the two do not go together.
    public Optional<Fit> enlarging(boolean allowed) {
        return switch (this) {
            case MAX, CLIP -> Optional.of(allowed ? CLIP : MAX);
            case CROP, MIN -> Optional.of(allowed ? CROP : MIN);
            case FILL, FILLMAX -> Optional.of(allowed ? FILL : FILLMAX);
            case SCALE -> allowed ? Optional.of(SCALE) : Optional.empty();
        };
    }
}
