package dev.halftone.domain.item;

import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.HeaderReader;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.rendition.Rendition;
import dev.halftone.domain.transform.TransformRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes an image's renditions, decoding it once for all of them. CPU-bound, thread-safe.
public final class MakeRenditions {
    private final EngineChain engines;
    private final HeaderReader headers;
    private final ImageLimits limits;

    public MakeRenditions(EngineChain engines, HeaderReader headers, ImageLimits limits) {
        this.engines = engines;
        this.headers = headers;
        this.limits = limits;
    }

    public record Made(Rendition rendition, EncodedImage image) {}

    /// @param made in the order of the recipe
    /// @param missed one line for each rendition that could not be made of this image
    public record Result(List<Made> made, List<String> missed) {
        public Result {
            made = List.copyOf(made);
            missed = List.copyOf(missed);
        }
    }

    /// A rendition that this image can't have is told of, and the others are made: what a logo in SVG lacks is
    /// no reason to withhold its main output. What may go better another time fails all of it.
    ///
    /// @throws HalftoneException with a failure that is worth another attempt
    public Result of(SourceImage source, Recipe recipe) {
        List<Made> made = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        if (!recipe.renditions().isEmpty()) {
            try {
                make(source, recipe, made, missed);
            } catch (HalftoneException e) {
                orAgain(e);
                recipe.renditions().forEach(rendition -> missed.add(missed(rendition, said(e.failure()))));
            }
        }
        return new Result(made, missed);
    }

    private void make(SourceImage source, Recipe recipe, List<Made> made, List<String> missed) {
        PixelSize shown = headers.shown(source, limits);
        Map<Rendition, Pipeline> pipelines = new LinkedHashMap<>();
        for (Rendition rendition : recipe.renditions()) {
            try {
                pipelines.put(rendition, rendition.over(source.format(), shown, recipe.compression()));
            } catch (TransformRefused refused) {
                missed.add(missed(rendition, String.valueOf(refused.getMessage())));
            }
        }
        try (EngineChain.Opened opened = engines.open(source, List.copyOf(pipelines.values()), limits)) {
            pipelines.forEach((rendition, pipeline) -> {
                try {
                    pipeline.check(shown, limits);
                    boolean converts = rendition.transform().hasFormat();
                    made.add(new Made(rendition, opened.run(pipeline, converts).image()));
                } catch (HalftoneException e) {
                    orAgain(e);
                    missed.add(missed(rendition, said(e.failure())));
                }
            });
        }
    }

    private static void orAgain(HalftoneException e) {
        if (e.failure().retryable()) {
            throw e;
        }
    }

    private static String missed(Rendition rendition, String why) {
        return "rendition " + rendition.name() + " is missing: " + why;
    }

    private static String said(Failure failure) {
        return failure.code().wire() + ": " + failure.detail();
    }
}
