package dev.halftone.adapters.http.imaginary;

import dev.halftone.domain.pipeline.form.PipelineReader.Mistake;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The parameters of one operation of imaginary's, as they are asked for. They may be numbers or texts of
/// numbers, as there. Those that choose how its engine works and change no picture are passed over; others that
/// nobody asked for do not exist here, and are mistakes.
final class ImaginaryParams {
    private static final Set<String> PASSED_OVER =
            Set.of("font", "dpi", "textwidth", "compression", "speed", "palette", "norotation", "noprofile", "minampl");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");
    private static final Pattern CHANNELS = Pattern.compile("\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*");

    private final String path;
    private final Map<String, Object> params;
    private final List<Mistake> mistakes;
    private final Set<String> used = new HashSet<>();

    /// @param path of the parameters in the request
    /// @param mistakes where what is wrong goes
    ImaginaryParams(String path, Map<String, Object> params, List<Mistake> mistakes) {
        this.path = path;
        this.params = params;
        this.mistakes = mistakes;
    }

    void wrong(String message) {
        mistakes.add(new Mistake(path, message));
    }

    void wrong(String name, String message) {
        mistakes.add(new Mistake(path + "." + name, message));
    }

    @Nullable
    Object value(String name) {
        used.add(name);
        Object value = params.get(name);
        return value instanceof String text && NUMBER.matcher(text).matches() && !name.equals("text")
                ? Double.valueOf(text)
                : value;
    }

    Object or(String name, Object otherwise) {
        Object value = value(name);
        return value == null ? otherwise : value;
    }

    Object needed(String name) {
        Object value = value(name);
        if (value == null) {
            wrong(name, "is needed");
            return "";
        }
        return value;
    }

    /// A width or height; there 0 is the same as nothing.
    @Nullable
    Object length(String name) {
        Object value = value(name);
        return value instanceof Number size && size.doubleValue() == 0 ? null : value;
    }

    /// Written `255,200,50` there.
    @Nullable
    Object colour(String name) {
        Object written = value(name);
        if (written == null) {
            return null;
        }
        var channels = CHANNELS.matcher(String.valueOf(written));
        return channels.matches()
                ? "%02x%02x%02x"
                        .formatted(channel(channels.group(1)), channel(channels.group(2)), channel(channels.group(3)))
                : written;
    }

    private static int channel(String digits) {
        return Math.min(255, Integer.parseInt(digits));
    }

    boolean isTrue(String name, boolean otherwise) {
        Object value = value(name);
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        if (!value.equals("true") && !value.equals("false")) {
            wrong(name, "is true or false");
        }
        return value.equals("true");
    }

    /// A text that is needed, even where it was written as a number.
    String text(String name) {
        Object value = needed(name);
        return value instanceof Double number && number == Math.rint(number)
                ? String.valueOf(number.longValue())
                : String.valueOf(value);
    }

    /// To be called when all that the operation knows was asked for.
    void refuseOthers(String operation) {
        for (String given : params.keySet()) {
            if (!used.contains(given) && !PASSED_OVER.contains(given)) {
                wrong(
                        shown(given),
                        "is no parameter of " + operation + " here; there are "
                                + used.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
