package dev.halftone.adapters.fuzz;

import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.request.JsonBody;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.form.PipelineForm;
import dev.halftone.domain.pipeline.form.PipelineReader;
import java.nio.charset.StandardCharsets;

/// A pipeline in JSON is refused with its mistakes, or can be written and read again as the same, and has
/// sizes that are within the limits or refused.
public final class PipelineFuzzTarget {
    private static final PixelSize SOURCE = new PixelSize(4_000, 3_000);

    private PipelineFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        boolean _ = isTaken(input);
    }

    /// Whether the input was taken rather than refused.
    static boolean isTaken(byte[] input) {
        Object json;
        try {
            json = JsonBody.parsed("operations", new String(input, StandardCharsets.UTF_8));
        } catch (Refusal refused) {
            return false;
        }
        return switch (PipelineReader.read(json)) {
            case PipelineReader.Result.Bad(var mistakes) -> {
                require(
                        !mistakes.isEmpty()
                                && mistakes.stream()
                                        .allMatch(mistake -> mistake.path().startsWith("operations")),
                        "mistakes have a place: " + mistakes);
                yield false;
            }
            case PipelineReader.Result.Good(Pipeline pipeline) -> {
                good(pipeline);
                yield true;
            }
        };
    }

    private static void good(Pipeline pipeline) {
        boolean same =
                PipelineReader.read(PipelineForm.plain(pipeline)) instanceof PipelineReader.Result.Good(Pipeline again)
                        && PipelineForm.canonical(again).equals(PipelineForm.canonical(pipeline));
        require(same, "is another when it is read again: " + PipelineForm.canonical(pipeline));
        try {
            pipeline.check(SOURCE, ImageLimits.DEFAULT);
            require(pipeline.largest(SOURCE).pixels() > 0, "has a size");
        } catch (HalftoneException refused) {
            require(refused.failure().code() == FailureCode.TOO_MANY_PIXELS, "is refused as " + refused.failure());
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
