package dev.halftone.adapters.fuzz;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRefused;
import dev.halftone.domain.transform.TransformRules;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// A URL's query is refused with its problems, or has one canonical form that reads back as itself, and
/// becomes a pipeline for a source or is refused for it.
public final class TransformFuzzTarget {
    private static final TransformReader READER = new TransformReader(new TransformRules(
            Presets.parse("thumb:w=300&h=300&fit=crop"),
            false,
            Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP, ImageFormat.AVIF)));

    private TransformFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        boolean _ = isTaken(input);
    }

    /// Whether the input is a transform that a source can go through, rather than refused.
    static boolean isTaken(byte[] input) {
        TransformQuery query;
        try {
            query = READER.read(new String(input, StandardCharsets.UTF_8));
        } catch (TransformRefused refused) {
            require(!refused.problems().isEmpty(), "a refusal has problems");
            return false;
        }
        String canonical = query.canonical();
        require(READER.read(canonical).canonical().equals(canonical), "is another when it is read again: " + canonical);
        require(canonical.chars().allMatch(c -> c > 0x20 && c < 0x7f), "has a stray character: " + canonical);
        if (query.original()) {
            return false;
        }
        try {
            Pipeline pipeline = query.in(Optional.empty()).over(ImageFormat.PNG, new PixelSize(1_200, 900));
            pipeline.check(new PixelSize(1_200, 900), ImageLimits.DEFAULT);
            return true;
        } catch (TransformRefused refused) {
            require(!refused.problems().isEmpty(), "a refusal has problems");
        } catch (HalftoneException refused) {
            require(refused.failure().code() == FailureCode.TOO_MANY_PIXELS, "is refused as " + refused.failure());
        }
        return false;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
