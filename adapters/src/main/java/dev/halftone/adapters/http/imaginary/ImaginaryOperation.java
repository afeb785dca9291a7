package dev.halftone.adapters.http.imaginary;

import dev.halftone.domain.pipeline.form.PipelineReader.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One operation of imaginary's as ours. Its parameters may be numbers or texts of numbers, as there.
/// Parameters that choose how its engine works and change no picture are passed over; others that do not exist
/// here are mistakes.
final class ImaginaryOperation {
    private static final String NAMES = "crop, smartcrop, resize, enlarge, extract, rotate, autorotate, flip, flop,"
            + " thumbnail, fit, convert, watermark, watermarkImage and blur";
    private static final Set<String> PASSED_OVER =
            Set.of("font", "dpi", "textwidth", "compression", "speed", "palette", "norotation", "noprofile", "minampl");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");
    private static final Pattern CHANNELS = Pattern.compile("\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*");

    private final String path;
    private final int number;
    private final Map<String, Object> params;
    private final List<Mistake> mistakes;
    private final Set<String> used = new HashSet<>();
    private final List<Map<String, Object>> operations = new ArrayList<>();
    private final Map<String, String> marks = new HashMap<>();

    /// @param number of the operation in its pipeline, so that ids of watermarks differ
    ImaginaryOperation(String path, int number, Map<String, Object> params, List<Mistake> mistakes) {
        this.path = path;
        this.number = number;
        this.params = params;
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
            case "rotate" -> add("rotate", with("degrees", needed("rotate")));
            case "autorotate" -> {
                // Pictures are upright before any operation.
            }
            case "flip" -> add("flip", with("direction", "vertical"));
            case "flop" -> add("flip", with("direction", "horizontal"));
            case "thumbnail" -> add("resize", sized(name, 1));
            case "fit" -> add("resize", sized(name, 2));
            case "convert" -> needed("type");
            case "watermark" -> watermark();
            case "watermarkImage" -> watermarkImage();
            case "blur" -> add("blur", with("sigma", needed("sigma")));
            default -> {
                mistakes.add(new Mistake(path + ".operation", "is one of " + NAMES + ", not \"" + shown(name) + '"'));
                return new Ours(List.of(), Map.of());
            }
        }
        output();
        unknown(name);
        return new Ours(operations, marks);
    }

    private void crop() {
        if ("smart".equals(value("gravity"))) {
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
        boolean crop = isTrue("force", false) || !isTrue("nocrop", true);
        boolean embed = isTrue("embed", true);
        if (resize.size() == 2) {
            resize.put("fit", isTrue("force", false) ? "scale" : crop ? "min" : embed ? "fillmax" : "max");
        }
        gravity(resize);
        background(resize);
        add("resize", resize);
    }

    private void enlarge() {
        Map<String, Object> resize = sized("enlarge", 2);
        resize.put("fit", isTrue("nocrop", false) ? "fill" : "crop");
        gravity(resize);
        background(resize);
        add("resize", resize);
    }

    private void extract() {
        Map<String, Object> box = new LinkedHashMap<>();
        box.put("left", or(value("left"), 0));
        box.put("top", or(value("top"), 0));
        box.put("width", needed("areawidth"));
        box.put("height", needed("areaheight"));
        add("crop", box);
        Map<String, Object> resize = sized("extract", 0);
        if (!resize.isEmpty()) {
            add("resize", resize);
        }
    }

    private void watermark() {
        Map<String, Object> mark = with("text", text(needed("text")));
        put(mark, "opacity", value("opacity"));
        put(mark, "margin", value("margin"));
        Object colour = value("color");
        if (colour != null) {
            mark.put("color", colour(colour));
        }
        mark.put("tiled", !isTrue("noreplicate", false));
        gravity(mark);
        add("watermark", mark);
    }

    /// imaginary names a point; here the nearest is a margin from the upper left corner.
    private void watermarkImage() {
        String id = "%026d".formatted(number);
        marks.put(id, String.valueOf(needed("image")));
        Map<String, Object> mark = with("imageId", id);
        put(mark, "opacity", value("opacity"));
        Object left = or(value("left"), 0);
        if (!left.equals(or(value("top"), 0))) {
            mistakes.add(new Mistake(path + ".params.left", "is the same as top: a margin from the corner"));
        }
        mark.put("margin", left);
        mark.put("gravity", "top-left");
        add("watermark", mark);
    }

    /// What any operation may say of the file that comes out.
    private void output() {
        Object type = value("type");
        if (type != null && !type.equals("auto")) {
            add("format", with("type", type));
        }
        Map<String, Object> compress = new LinkedHashMap<>();
        put(compress, "quality", value("quality"));
        if (value("interlace") != null) {
            compress.put("progressive", isTrue("interlace", false));
        }
        if (!compress.isEmpty()) {
            compress.putIfAbsent("quality", 75);
            add("compress", compress);
        }
        if (isTrue("stripmeta", false)) {
            add("strip", new LinkedHashMap<>());
        }
    }

    private void unknown(String name) {
        for (String given : params.keySet()) {
            if (!used.contains(given) && !PASSED_OVER.contains(given)) {
                mistakes.add(new Mistake(
                        path + ".params." + shown(given),
                        "is no parameter of " + name + " here; there are "
                                + used.stream().sorted().collect(Collectors.joining(", "))));
            }
        }
    }

    private Map<String, Object> sized(String name, int least) {
        Map<String, Object> size = new LinkedHashMap<>();
        put(size, "width", nonZero(value("width")));
        put(size, "height", nonZero(value("height")));
        if (size.size() < least) {
            mistakes.add(new Mistake(
                    path + ".params", name + (least == 2 ? " needs width and height" : " needs a width or a height")));
        }
        return size;
    }

    /// There 0 is the same as nothing.
    private static @Nullable Object nonZero(@Nullable Object value) {
        return value instanceof Number size && size.doubleValue() == 0 ? null : value;
    }

    private void gravity(Map<String, Object> to) {
        put(to, "gravity", value("gravity"));
    }

    private void background(Map<String, Object> to) {
        value("extend");
        Object colour = value("background");
        if (colour != null) {
            to.put("background", colour(colour));
        }
    }

    /// Written `255,200,50` there.
    private static Object colour(Object written) {
        var channels = CHANNELS.matcher(String.valueOf(written));
        return channels.matches()
                ? "%02x%02x%02x"
                        .formatted(channel(channels.group(1)), channel(channels.group(2)), channel(channels.group(3)))
                : written;
    }

    private static int channel(String digits) {
        return Math.min(255, Integer.parseInt(digits));
    }

    private boolean isTrue(String name, boolean otherwise) {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        if (!value.equals("true") && !value.equals("false")) {
            mistakes.add(new Mistake(path + ".params." + name, "is true or false"));
        }
        return value.equals("true");
    }

    private Object needed(String name) {
        Object value = value(name);
        if (value == null) {
            mistakes.add(new Mistake(path + ".params." + name, "is needed"));
            return "";
        }
        return value;
    }

    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number)
                ? String.valueOf(number.longValue())
                : String.valueOf(value);
    }

    private @Nullable Object value(String name) {
        used.add(name);
        Object value = params.get(name);
        return value instanceof String text && NUMBER.matcher(text).matches() && !name.equals("text")
                ? Double.valueOf(text)
                : value;
    }

    private static Object or(@Nullable Object value, Object otherwise) {
        return value == null ? otherwise : value;
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

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
