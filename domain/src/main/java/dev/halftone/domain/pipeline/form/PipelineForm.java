package dev.halftone.domain.pipeline.form;

import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a pipeline so that [PipelineReader] reads this very pipeline again: every value spelled out, in one
/// order.
public final class PipelineForm {

    private PipelineForm() {}

    /// Lists, maps, texts, numbers and truths.
    public static List<Map<String, Object>> plain(Pipeline pipeline) {
        List<Map<String, Object>> written = new ArrayList<>();
        pipeline.operations().forEach(operation -> written.add(plain(operation)));
        written.add(plain(pipeline.output()));
        return written;
    }

    /// The plain form in one line; equal exactly for pipelines that ask for the same.
    public static String canonical(Pipeline pipeline) {
        return line(plain(pipeline));
    }

    private static String line(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(PipelineForm::line).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> line(entry.getKey()) + ":" + line(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            default -> String.valueOf(value);
        };
    }

    private static Map<String, Object> plain(Operation operation) {
        Map<String, Object> to = new LinkedHashMap<>();
        to.put("operation", operation.wire());
        switch (operation) {
            case Operation.Resize resize -> {
                resize.width().ifPresent(width -> to.put("width", width));
                resize.height().ifPresent(height -> to.put("height", height));
                to.put("fit", resize.fit().wire());
                to.put("gravity", plain(resize.gravity()));
                to.put("background", resize.background().wire());
            }
            case Operation.Crop crop -> {
                to.put("left", crop.box().left());
                to.put("top", crop.box().top());
                to.put("width", crop.box().width());
                to.put("height", crop.box().height());
            }
            case Operation.CropTo crop -> {
                to.put("width", crop.size().width());
                to.put("height", crop.size().height());
                to.put("gravity", plain(crop.gravity()));
            }
            case Operation.SmartCrop crop -> {
                to.put("width", crop.size().width());
                to.put("height", crop.size().height());
            }
            case Operation.Trim trim -> to.put("tolerance", trim.tolerance());
            case Operation.Rotate rotate -> {
                to.put("degrees", rotate.degrees());
                to.put("background", rotate.background().wire());
            }
            case Operation.Flip flip ->
                to.put("direction", flip.across() && flip.down() ? "both" : flip.down() ? "vertical" : "horizontal");
            case Operation.Pad pad -> {
                to.put("top", pad.top());
                to.put("right", pad.right());
                to.put("bottom", pad.bottom());
                to.put("left", pad.left());
                to.put("background", pad.background().wire());
            }
            case Operation.Blur blur -> to.put("sigma", blur.sigma());
            case Operation.Sharpen sharpen -> {
                to.put("sigma", sharpen.sigma());
                to.put("amount", sharpen.amount());
            }
            case Operation.Grayscale grayscale -> {}
            case Operation.Flatten flatten ->
                to.put("background", flatten.background().wire());
            case Operation.TextMark mark -> {
                to.put("text", mark.text());
                put(to, mark.placement(), mark.scale());
                to.put("color", mark.colour().wire());
                to.put("shadow", mark.shadow());
            }
            case Operation.PictureMark mark -> {
                to.put("imageId", mark.image());
                put(to, mark.placement(), mark.scale());
            }
            case Operation.RemoveBackground background -> to.put("tolerance", background.tolerance());
            case Operation.CutOut cutOut -> to.put("method", "model");
        }
        return to;
    }

    private static void put(Map<String, Object> to, Operation.Placement placement, double scale) {
        to.put("gravity", plain(placement.gravity()));
        to.put("opacity", placement.opacity());
        to.put("margin", placement.margin());
        to.put("tiled", placement.tiled());
        to.put("scale", scale);
    }

    private static Object plain(Gravity gravity) {
        String name = gravity.wire();
        if (Gravity.ofWire(name).isPresent()) {
            return name;
        }
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("x", gravity.x());
        point.put("y", gravity.y());
        return point;
    }

    private static Map<String, Object> plain(Compression output) {
        Map<String, Object> to = new LinkedHashMap<>();
        to.put("operation", "compress");
        Map<String, String> texts = BatchOptions.of(output).texts();
        PipelineReader.COMPRESS.stream().filter(texts::containsKey).forEach(name -> to.put(name, texts.get(name)));
        return to;
    }
}
