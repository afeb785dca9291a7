package dev.halftone.adapters.http.imaginary;

import dev.halftone.domain.pipeline.form.PipelineReader.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One operation of imaginary's as ours.
final class ImaginaryOperation {
    private static final String NAMES = "crop, smartcrop, resize, enlarge, extract, rotate, autorotate, flip, flop,"
            + " thumbnail, fit, convert, watermark, watermarkImage and blur";

    private final String path;
    private final int number;
    private final ImaginaryParams params;
    private final List<Mistake> mistakes;
    private final List<Map<String, Object>> operations = new ArrayList<>();
    private final Map<String, String> marks = new HashMap<>();

    /// @param number of the operation in its pipeline, so that ids of watermarks differ
    ImaginaryOperation(String path, int number, Map<String, Object> params, List<Mistake> mistakes) {
        this.path = path;
        this.number = number;
        this.params = new ImaginaryParams(path + ".params", params, mistakes);
        this.mistakes = mistakes;
    }

    record Ours(List<Map<String, Object>> operations, Map<String, String> marks) {}

    Ours named(String name) {
        switch (name) {
            case "crop" -> crop();
            case "smartcrop" -> add("smartcrop", sized(name, 2));
            case "resize" -> resize();
            case "enlarge" -> enlarge();
            case "extract" -> extract();
            case "rotate" -> add("rotate", with("degrees", params.needed("rotate")));
            case "autorotate" -> {
                // Pictures are upright before any operation.
            }
            case "flip" -> add("flip", with("direction", "vertical"));
            case "flop" -> add("flip", with("direction", "horizontal"));
            case "thumbnail" -> add("resize", sized(name, 1));
            case "fit" -> add("resize", sized(name, 2));
            case "convert" -> params.needed("type");
            case "watermark" -> watermark();
            case "watermarkImage" -> watermarkImage();
            case "blur" -> add("blur", with("sigma", params.needed("sigma")));
            default -> {
                mistakes.add(new Mistake(
                        path + ".operation", "is one of " + NAMES + ", not \"" + ImaginaryParams.shown(name) + '"'));
                return new Ours(List.of(), Map.of());
            }
        }
        output();
        params.refuseOthers(name);
        return new Ours(operations, marks);
    }

    private void crop() {
        if ("smart".equals(params.value("gravity"))) {
            add("smartcrop", sized("crop", 2));
            return;
        }
        Map<String, Object> resize = sized("crop", 1);
        if (resize.size() == 2) {
            resize.put("fit", "crop");
            resize.put("enlarge", false);
        }
        gravity(resize);
        add("resize", resize);
    }

    private void resize() {
        Map<String, Object> resize = sized("resize", 1);
        boolean crop = params.isTrue("force", false) || !params.isTrue("nocrop", true);
        boolean embed = params.isTrue("embed", true);
        if (resize.size() == 2) {
            resize.put("fit", params.isTrue("force", false) ? "scale" : crop ? "min" : embed ? "fillmax" : "max");
        }
        gravity(resize);
        background(resize);
        add("resize", resize);
    }

    private void enlarge() {
        Map<String, Object> resize = sized("enlarge", 2);
        resize.put("fit", params.isTrue("nocrop", false) ? "fill" : "crop");
        gravity(resize);
        background(resize);
        add("resize", resize);
    }

    private void extract() {
        Map<String, Object> box = new LinkedHashMap<>();
        box.put("left", params.or("left", 0));
        box.put("top", params.or("top", 0));
        box.put("width", params.needed("areawidth"));
        box.put("height", params.needed("areaheight"));
        add("crop", box);
        Map<String, Object> resize = sized("extract", 0);
        if (!resize.isEmpty()) {
            add("resize", resize);
        }
    }

    private void watermark() {
        Map<String, Object> mark = with("text", params.text("text"));
        put(mark, "opacity", params.value("opacity"));
        put(mark, "margin", params.value("margin"));
        put(mark, "color", params.colour("color"));
        mark.put("tiled", !params.isTrue("noreplicate", false));
        gravity(mark);
        add("watermark", mark);
    }

    /// imaginary names a point; here the nearest is a margin from the upper left corner.
    private void watermarkImage() {
        String id = "%026d".formatted(number);
        marks.put(id, String.valueOf(params.needed("image")));
        Map<String, Object> mark = with("imageId", id);
        put(mark, "opacity", params.value("opacity"));
        Object left = params.or("left", 0);
        if (!left.equals(params.or("top", 0))) {
            params.wrong("left", "is the same as top: a margin from the corner");
        }
        mark.put("margin", left);
        mark.put("gravity", "top-left");
        add("watermark", mark);
    }

    /// What any operation may say of the file that comes out.
    private void output() {
        Object type = params.value("type");
        if (type != null && !type.equals("auto")) {
            add("format", with("type", type));
        }
        Map<String, Object> compress = new LinkedHashMap<>();
        put(compress, "quality", params.value("quality"));
        if (params.value("interlace") != null) {
            compress.put("progressive", params.isTrue("interlace", false));
        }
        if (!compress.isEmpty()) {
            compress.putIfAbsent("quality", 75);
            add("compress", compress);
        }
        if (params.isTrue("stripmeta", false)) {
            add("strip", new LinkedHashMap<>());
        }
    }

    private Map<String, Object> sized(String name, int least) {
        Map<String, Object> size = new LinkedHashMap<>();
        put(size, "width", params.length("width"));
        put(size, "height", params.length("height"));
        if (size.size() < least) {
            params.wrong(name + (least == 2 ? " needs width and height" : " needs a width or a height"));
        }
        return size;
    }

    private void gravity(Map<String, Object> to) {
        put(to, "gravity", params.value("gravity"));
    }

    private void background(Map<String, Object> to) {
        params.value("extend");
        put(to, "background", params.colour("background"));
    }

    private void add(String name, Map<String, Object> parameters) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operation", name);
        operation.putAll(parameters);
        operations.add(operation);
    }

    private static void put(Map<String, Object> to, String name, @Nullable Object value) {
        if (value != null) {
            to.put(name, value);
        }
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }
}
