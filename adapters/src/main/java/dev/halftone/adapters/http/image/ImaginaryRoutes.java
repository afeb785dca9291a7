package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.imaginary.ImaginaryPipeline;
import dev.halftone.adapters.http.imaginary.ImaginaryPipeline.Step;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.ImageIntake;
import dev.halftone.adapters.http.request.JsonBody;
import dev.halftone.adapters.http.request.Parameters;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.source.SourceUrl;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `POST /pipeline` as users of imaginary (<https://github.com/h2non/imaginary>) know it: an image comes in, or
/// the address of one, and goes out as bytes; nothing is kept.
final class ImaginaryRoutes {
    private final ImageParts parts;
    private final ImageIntake intake;

    ImaginaryRoutes(ImageParts parts, ImageIntake intake) {
        this.parts = parts;
        this.intake = intake;
    }

    void addTo(Routing routing) {
        routing.post("/pipeline", ctx -> intake.take(ctx, upload -> pipeline(ctx, upload)));
    }

    private void pipeline(Context ctx, ImageIntake.Upload upload) throws InterruptedException {
        Parameters query = new Parameters(ctx);
        String operations = query.text("operations")
                .or(() -> Optional.ofNullable(upload.fields().get("operations")))
                .orElseThrow(() -> RequestProblems.badField(
                        "operations",
                        "missing_field",
                        "is needed: a JSON list such as [{\"operation\": \"crop\", \"params\": {\"width\": 300}}]"));
        List<Step> steps = ImaginaryPipeline.read(JsonBody.parsed("operations", operations));
        SourceImage source = source(query, upload);
        Map<String, SourceImage> marks = marks(steps);
        EncodedImage made = run(source, steps, marks);
        ctx.header("Image-Width", String.valueOf(made.size().width()));
        ctx.header("Image-Height", String.valueOf(made.size().height()));
        Answers.image(ctx, made.format(), made.bytes());
    }

    private SourceImage source(Parameters query, ImageIntake.Upload upload) throws InterruptedException {
        Optional<String> url =
                query.text("url").or(() -> Optional.ofNullable(upload.fields().get("url")));
        if (upload.bytes().isPresent()) {
            if (url.isPresent()) {
                throw RequestProblems.badField("url", "given_twice", "excludes an image in the body");
            }
            return OpenImage.sniffed(upload.bytes().get(), parts.limits());
        }
        return parts.openImage().open(url("url", url.orElseThrow(ImageRoutes::missing)));
    }

    private static SourceUrl url(String field, String text) {
        return switch (SourceUrl.parse(text)) {
            case SourceUrl.Parsed.Valid valid -> valid.url();
            case SourceUrl.Parsed.Invalid invalid ->
                throw RequestProblems.badField(field, "invalid_parameter", "is no usable address: " + invalid.reason());
        };
    }

    /// Fetches the other images; a step that may fail is taken out when its image can't be had.
    private Map<String, SourceImage> marks(List<Step> steps) throws InterruptedException {
        Map<String, SourceImage> marks = new HashMap<>();
        for (Step step : List.copyOf(steps)) {
            try {
                for (Map.Entry<String, String> mark : step.marks().entrySet()) {
                    marks.put(mark.getKey(), parts.openImage().open(url("operations.params.image", mark.getValue())));
                }
            } catch (HalftoneException | Refusal e) {
                if (!step.mayFail()) {
                    throw e;
                }
                steps.remove(step);
            }
        }
        return marks;
    }

    /// All steps in one go. Where that fails and some steps may, those are tried one after another, each on top
    /// of what has worked, and left out where they fail.
    private EncodedImage run(SourceImage source, List<Step> steps, Map<String, SourceImage> marks)
            throws InterruptedException {
        try {
            return parts.run().run(source, pipelineOf(steps), marks);
        } catch (HalftoneException e) {
            if (steps.stream().noneMatch(Step::mayFail) || isOfTheSource(e.failure())) {
                throw e;
            }
        }
        List<Step> working = new ArrayList<>();
        EncodedImage made = parts.run().run(source, pipelineOf(working), marks);
        for (Step step : steps) {
            working.add(step);
            try {
                made = parts.run().run(source, pipelineOf(working), marks);
            } catch (HalftoneException e) {
                if (!step.mayFail()) {
                    throw e;
                }
                working.removeLast();
            }
        }
        return made;
    }

    private static Pipeline pipelineOf(List<Step> steps) {
        List<Map<String, Object>> all = new ArrayList<>();
        steps.forEach(step -> all.addAll(step.operations()));
        return ProcessRoutes.pipeline(all);
    }

    /// No step mends these.
    private static boolean isOfTheSource(Failure failure) {
        return switch (failure.code()) {
            case CORRUPT_IMAGE, NOT_AN_IMAGE, TOO_LARGE, PROCESSING_TIMEOUT, STORAGE_UNAVAILABLE -> true;
            case INVALID_URL,
                    BLOCKED_ADDRESS,
                    DNS_FAILURE,
                    CONNECT_FAILED,
                    TIMEOUT,
                    HTTP_STATUS,
                    TOO_MANY_REDIRECTS,
                    TLS_FAILURE,
                    TOO_MANY_PIXELS,
                    UNSUPPORTED_FORMAT,
                    UNSUPPORTED_OPERATION,
                    STORAGE_FULL,
                    POISON,
                    INTERNAL -> false;
        };
    }
}
