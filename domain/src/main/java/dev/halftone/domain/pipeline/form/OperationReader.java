package dev.halftone.domain.pipeline.form;

import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Rgba;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Reads one operation's parameters; empty where one of them was wrong.
final class OperationReader {
    private static final int MOST = Operation.MOST_PIXELS;
    private static final String FITS =
            "max (inside), clip, crop (cover), min, fill (contain, pad), fillmax or scale (stretch)";
    private static final String NEEDED = "is needed";

    private final Parameters from;

    OperationReader(Parameters from) {
        this.from = from;
    }

    Optional<Operation> resize() {
        OptionalInt width = from.whole("width", 1, MOST);
        OptionalInt height = from.whole("height", 1, MOST);
        if (!from.has("width") && !from.has("height")) {
            from.mistake("needs a width or a height");
        }
        Fit fit = from.choice("fit", Fit::ofWire, FITS).orElse(Fit.MAX);
        Gravity gravity = from.gravity("gravity", Gravity.CENTER);
        Rgba background = from.colour("background", Rgba.WHITE);
        Optional<Boolean> enlarge = from.flag("enlarge");
        Optional<Fit> meant = enlarge.isPresent() ? fit.enlarging(enlarge.get()) : Optional.of(fit);
        if (meant.isEmpty()) {
            from.mistake("enlarge", "can't be false with fit " + fit.wire() + ", which has the size exactly");
        }
        return made(() -> new Operation.Resize(width, height, meant.orElseThrow(), gravity, background));
    }

    Optional<Operation> crop() {
        OptionalInt width = neededSide("width");
        OptionalInt height = neededSide("height");
        if (from.has("left") || from.has("top")) {
            int left = from.whole("left", 0, MOST, 0);
            int top = from.whole("top", 0, MOST, 0);
            if (from.has("gravity")) {
                from.mistake("gravity", "excludes left and top: give one or the other");
            }
            return made(() -> new Operation.Crop(new Box(left, top, width.orElseThrow(), height.orElseThrow())));
        }
        Gravity gravity = from.gravity("gravity", Gravity.CENTER);
        return made(() -> new Operation.CropTo(new PixelSize(width.orElseThrow(), height.orElseThrow()), gravity));
    }

    Optional<Operation> smartcrop() {
        OptionalInt width = neededSide("width");
        OptionalInt height = neededSide("height");
        return made(() -> new Operation.SmartCrop(new PixelSize(width.orElseThrow(), height.orElseThrow())));
    }

    private OptionalInt neededSide(String name) {
        from.need(name, NEEDED);
        return from.whole(name, 1, MOST);
    }

    Optional<Operation> trim() {
        int tolerance = from.whole("tolerance", 0, 255, 10);
        return made(() -> new Operation.Trim(tolerance));
    }

    Optional<Operation> rotate() {
        from.need("degrees", NEEDED);
        OptionalDouble degrees = from.number("degrees", -360, 360);
        Rgba background = from.colour("background", Rgba.WHITE);
        return made(() -> new Operation.Rotate((degrees.orElseThrow() + 360) % 360, background));
    }

    Optional<Operation> flip() {
        String direction = from.choice(
                        "direction",
                        word -> List.of("horizontal", "vertical", "both").contains(word)
                                ? Optional.of(word)
                                : Optional.empty(),
                        "horizontal, vertical or both")
                .orElse("horizontal");
        return made(() -> new Operation.Flip(!direction.equals("vertical"), !direction.equals("horizontal")));
    }

    Optional<Operation> pad() {
        int top = from.whole("top", 0, MOST, 0);
        int right = from.whole("right", 0, MOST, 0);
        int bottom = from.whole("bottom", 0, MOST, 0);
        int left = from.whole("left", 0, MOST, 0);
        Rgba background = from.colour("background", Rgba.WHITE);
        return made(() -> new Operation.Pad(top, right, bottom, left, background));
    }

    Optional<Operation> blur() {
        from.need("sigma", NEEDED);
        OptionalDouble sigma = from.number("sigma", 0.3, 100);
        return made(() -> new Operation.Blur(sigma.orElseThrow()));
    }

    Optional<Operation> sharpen() {
        double sigma = from.number("sigma", 0.3, 10, 1);
        double amount = from.number("amount", 0, 10, 1);
        return made(() -> new Operation.Sharpen(sigma, amount));
    }

    Optional<Operation> grayscale() {
        return made(Operation.Grayscale::new);
    }

    Optional<Operation> flatten() {
        Rgba background = from.colour("background", Rgba.WHITE);
        return made(() -> new Operation.Flatten(background));
    }

    Optional<Operation> removeBackground() {
        boolean model = from.choice(
                        "method",
                        word -> List.of("flood", "model").contains(word) ? Optional.of(word) : Optional.empty(),
                        "flood or model")
                .filter("model"::equals)
                .isPresent();
        int tolerance = from.whole("tolerance", 0, 255, 24);
        if (model && from.has("tolerance")) {
            from.mistake("tolerance", "belongs to the method flood; a model has none");
        }
        return made(() -> model ? new Operation.CutOut() : new Operation.RemoveBackground(tolerance));
    }

    Optional<Operation> watermark() {
        Optional<String> text = from.text("text").map(OperationReader::withoutControls);
        Optional<String> image =
                from.choice("imageId", id -> PublicId.parse(id).map(PublicId::value), "the ids of uploaded images");
        if (from.has("text") == from.has("imageId")) {
            from.mistake("needs either a text or an imageId");
        }
        if (text.isPresent() && (text.get().isBlank() || length(text.get()) > Operation.TextMark.MOST_CHARACTERS)) {
            from.mistake(
                    "text",
                    "has 1 to " + Operation.TextMark.MOST_CHARACTERS + " characters, not " + length(text.get()));
        }
        Operation.Placement usual = Operation.Placement.DEFAULT;
        Operation.Placement placement = new Operation.Placement(
                from.gravity("gravity", usual.gravity()),
                from.number("opacity", 0, 1, usual.opacity()),
                from.whole("margin", 0, MOST, usual.margin()),
                from.flag("tiled", usual.tiled()));
        OptionalDouble scale = from.number("scale", 0.001, 1);
        if (!from.has("text")) {
            return made(() -> new Operation.PictureMark(image.orElseThrow(), placement, scale.orElse(0.25)));
        }
        Rgba colour = from.colour("color", Rgba.WHITE);
        boolean shadow = from.flag("shadow", true);
        return made(() -> new Operation.TextMark(text.orElseThrow(), placement, scale.orElse(0.05), colour, shadow));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// Half a surrogate pair is no character.
    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static String withoutControls(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(point -> point == '\n' || !Character.isISOControl(point) && !isHalf(point))
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    private Optional<Operation> made(Supplier<Operation> operation) {
        if (!from.areGood()) {
            return Optional.empty();
        }
        try {
            return Optional.of(operation.get());
        } catch (IllegalArgumentException e) {
            from.mistake(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
