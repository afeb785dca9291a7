package dev.halftone.domain.pipeline.form;

import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads a pipeline from a list of operations, each `{operation, …parameters}` or `{operation, params: {…}}`.
/// Every mistake is found and told with its path; an operation or a parameter that does not exist is one.
/// `format`, `compress` and `strip` say how the result is written: they hold for the end of the pipeline
/// wherever they stand, later ones before earlier ones.
public final class PipelineReader {

    /// Every operation's name, in the order the documentation lists them.
    public static final List<String> NAMES = List.of(
            "resize",
            "crop",
            "smartcrop",
            "trim",
            "rotate",
            "flip",
            "pad",
            "blur",
            "sharpen",
            "grayscale",
            "flatten",
            "watermark",
            "removebackground",
            "format",
            "compress",
            "strip");

    /// The options of `compress`, those of a batch that are about one image.
    public static final List<String> COMPRESS =
            OptionsReader.NAMES.subList(0, OptionsReader.NAMES.indexOf("onInvalidRows"));

    /// How a result is written unless the pipeline says otherwise: fit to be looked at, in the source's format.
    public static final Compression OUTPUT = Compression.DEFAULT.withQuality(75);

    /// No list of this length is a mistake of counting.
    private static final int LONGEST = 2 * Pipeline.MOST_OPERATIONS;

    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private Compression output = OUTPUT;

    private PipelineReader() {}

    /// What was read.
    public sealed interface Result {
        record Good(Pipeline pipeline) implements Result {}

        record Bad(List<Mistake> mistakes) implements Result {}
    }

    /// @param path such as `operations[2].width`
    /// @param message expected against found, to be read after the path
    public record Mistake(String path, String message) {}

    /// @param written a list of maps, as a JSON parser makes them; nulls count as missing
    public static Result read(Object written) {
        return new PipelineReader().readAll(written);
    }

    private Result readAll(Object written) {
        if (!(written instanceof List<?> list)) {
            mistakes.add(new Mistake(
                    "operations", "is a list of operations, such as [{\"operation\": \"resize\", \"width\": 800}]"));
        } else if (list.size() > LONGEST) {
            tooMany(list.size());
        } else {
            for (int i = 0; i < list.size(); i++) {
                one("operations[" + i + "]", list.get(i));
            }
            if (operations.size() > Pipeline.MOST_OPERATIONS) {
                tooMany(operations.size());
            }
        }
        return mistakes.isEmpty()
                ? new Result.Good(new Pipeline(operations, output))
                : new Result.Bad(List.copyOf(mistakes));
    }

    private void tooMany(int count) {
        mistakes.add(
                new Mistake("operations", "has at most " + Pipeline.MOST_OPERATIONS + " operations, not " + count));
    }

    private void one(String path, Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            mistakes.add(new Mistake(
                    path, "is an object with an operation, not " + Parameters.shown(String.valueOf(written))));
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        Object name = values.remove("operation");
        if (!(name instanceof String word) || !NAMES.contains(word)) {
            String expected = "is one of " + String.join(", ", NAMES);
            mistakes.add(new Mistake(
                    path + ".operation",
                    name == null ? "is needed: it " + expected : expected + ", not " + Parameters.shown(name)));
            return;
        }
        String place = path;
        if (values.size() == 1 && values.get("params") instanceof Map<?, ?> nested) {
            place = path + ".params";
            values.clear();
            nested.forEach((key, value) -> values.put(String.valueOf(key), value));
        } else if (values.containsKey("params") && values.get("params") == null) {
            values.remove("params");
        }
        known(word, new Parameters(place, values, mistakes));
    }

    private void known(String name, Parameters parameters) {
        OperationReader reader = new OperationReader(parameters);
        Optional<Operation> read = switch (name) {
            case "resize" -> reader.resize();
            case "crop" -> reader.crop();
            case "smartcrop" -> reader.smartcrop();
            case "trim" -> reader.trim();
            case "rotate" -> reader.rotate();
            case "flip" -> reader.flip();
            case "pad" -> reader.pad();
            case "blur" -> reader.blur();
            case "sharpen" -> reader.sharpen();
            case "grayscale" -> reader.grayscale();
            case "flatten" -> reader.flatten();
            case "watermark" -> reader.watermark();
            case "removebackground" -> reader.removeBackground();
            case "format" -> format(parameters);
            case "compress" -> compress(parameters);
            case "strip" -> strip(parameters);
            default -> throw new IllegalStateException(name);
        };
        read.ifPresent(operations::add);
    }

    private Optional<Operation> format(Parameters parameters) {
        parameters.need("type", "is needed");
        Optional<TargetFormat> type =
                parameters.choice("type", PipelineReader::format, "keep, jpeg, png, webp or avif");
        OptionalInt quality = parameters.whole("quality", 1, 100);
        boolean lossless = parameters.flag("lossless", false);
        if (lossless && quality.isPresent()) {
            parameters.mistake("quality", "excludes lossless: give one of them");
        }
        if (parameters.areGood()) {
            Compression typed = output.withFormat(type.orElseThrow());
            output = lossless
                    ? typed.withTarget(new CompressionTarget.Lossless())
                    : quality.isPresent()
                            ? typed.withTarget(new CompressionTarget.ToQuality(new Quality(quality.getAsInt())))
                            : typed;
        }
        return Optional.empty();
    }

    /// `jpg` is what people write.
    private static Optional<TargetFormat> format(String word) {
        return TargetFormat.ofWire(word.equals("jpg") ? "jpeg" : word);
    }

    private Optional<Operation> compress(Parameters parameters) {
        Map<String, String> texts = new LinkedHashMap<>();
        COMPRESS.forEach(name -> parameters.any(name).ifPresent(value -> texts.put(name, text(value))));
        boolean known = parameters.areGood();
        switch (OptionsReader.read(texts)) {
            case OptionsReader.Result.Good good -> {
                if (known) {
                    Compression read = good.options().compression();
                    output = parameters.has("format") ? read : read.withFormat(output.format());
                }
            }
            case OptionsReader.Result.Bad bad ->
                bad.problems().forEach(problem -> parameters.mistake(problem.option(), problem.message()));
        }
        return Optional.empty();
    }

    private static String text(Object value) {
        return value instanceof Number number ? Parameters.shown(number) : String.valueOf(value);
    }

    private Optional<Operation> strip(Parameters parameters) {
        if (parameters.areGood()) {
            output = output.withMetadata(MetadataPolicy.STRIP);
        }
        return Optional.empty();
    }
}
