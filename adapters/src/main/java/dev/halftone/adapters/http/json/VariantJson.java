package dev.halftone.adapters.http.json;

import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.variant.Variant;
import java.util.List;
import java.util.function.Function;

/// What a pipeline made of an image.
///
/// @param notes what to know of the way it was made, such as a target that could not be reached
public record VariantJson(String url, String format, int width, int height, long bytes, List<String> notes) {

    /// @param address where the world finds an output
    public static VariantJson of(Variant variant, Function<ObjectKey, String> address) {
        return new VariantJson(
                address.apply(variant.key()),
                variant.format().wire(),
                variant.size().width(),
                variant.size().height(),
                variant.bytes(),
                variant.notes());
    }
}
