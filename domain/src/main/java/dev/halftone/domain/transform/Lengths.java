package dev.halftone.domain.transform;

import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The values of a transform as numbers, lengths and shapes.
///
/// @param values in canonical form
record Lengths(Map<Parameter, String> values) {

    Optional<String> text(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    /// With its standard where it is not given.
    String value(Parameter parameter) {
        return text(parameter).or(parameter::normalStandard).orElseThrow();
    }

    double number(Parameter parameter) {
        return Double.parseDouble(value(parameter));
    }

    OptionalInt whole(Parameter parameter) {
        return text(parameter)
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }

    /// @param of the source's side, of which it may be a share
    OptionalInt side(Parameter parameter, int of) {
        return text(parameter)
                .map(text -> OptionalInt.of(Math.max(1, pixels(text, of))))
                .orElse(OptionalInt.empty());
    }

    /// A number below one is a share.
    private static int pixels(String number, int of) {
        return number.startsWith("0.") ? (int) Math.round(Double.parseDouble(number) * of) : Integer.parseInt(number);
    }

    /// @param text left, top, width and height
    static Box box(String text, PixelSize source) {
        String[] parts = text.split(",");
        return new Box(
                pixels(parts[0], source.width()),
                pixels(parts[1], source.height()),
                Math.max(1, pixels(parts[2], source.width())),
                Math.max(1, pixels(parts[3], source.height())));
    }

    /// The box of a shape, by the sides that are given, or the largest one in the source.
    static PixelSize shaped(OptionalInt width, OptionalInt height, String shape, PixelSize source) {
        String[] parts = shape.split(":");
        double ratio = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
        if (width.isPresent()) {
            return size(width.getAsInt(), width.getAsInt() / ratio);
        }
        if (height.isPresent()) {
            return size(height.getAsInt() * ratio, height.getAsInt());
        }
        return source.width() / ratio <= source.height()
                ? size(source.width(), source.width() / ratio)
                : size(source.height() * ratio, source.height());
    }

    private static PixelSize size(double width, double height) {
        return new PixelSize((int) Math.clamp(Math.round(width), 1, Operation.MOST_PIXELS), (int)
                Math.clamp(Math.round(height), 1, Operation.MOST_PIXELS));
    }
}
