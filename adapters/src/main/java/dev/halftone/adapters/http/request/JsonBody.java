package dev.halftone.adapters.http.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.adapters.http.problem.LimitProblems;
import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON that a client sends, as plain lists, maps, texts, numbers and truths. Bounded in length and depth; a
/// name that is given twice is refused.
public final class JsonBody {
    private static final int LONGEST = 256 << 10;
    private static final int DEEPEST = 32;
    private static final ObjectMapper MAPPER = mapper();

    private final Map<String, Object> values;

    private JsonBody(Map<String, Object> values) {
        this.values = values;
    }

    /// An object with these names and no others.
    ///
    /// @throws dev.halftone.adapters.http.problem.Refusal 400 or 413
    public static JsonBody read(Context ctx, List<String> names) throws IOException {
        byte[] bytes = RequestBody.of(ctx).readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw LimitProblems.bodyTooLarge(LONGEST);
        }
        if (!(parsed("body", new String(bytes, java.nio.charset.StandardCharsets.UTF_8)) instanceof Map<?, ?> map)) {
            throw RequestProblems.badRequest("The body is a JSON object with " + String.join(", ", names) + ".");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!names.contains(String.valueOf(name))) {
                throw RequestProblems.badField(
                        String.valueOf(name),
                        "unknown_field",
                        "there is no such field; there are " + String.join(", ", names));
            }
            values.put(String.valueOf(name), value);
        });
        return new JsonBody(values);
    }

    /// @param field where the text stands
    /// @throws dev.halftone.adapters.http.problem.Refusal 400
    public static Object parsed(String field, String text) {
        try {
            Object value = MAPPER.readValue(text, Object.class);
            return value == null ? Map.of() : value;
        } catch (JsonProcessingException e) {
            throw RequestProblems.badField(
                    field,
                    "invalid_json",
                    "is not JSON: " + e.getOriginalMessage()
                            + (e.getLocation() == null
                                    ? ""
                                    : ", at line " + e.getLocation().getLineNr() + ", column "
                                            + e.getLocation().getColumnNr()));
        }
    }

    public Optional<Object> any(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// @throws dev.halftone.adapters.http.problem.Refusal 400
    public Optional<String> text(String name) {
        return any(name).map(value -> value instanceof String text ? text : wrong(name, "is a text"));
    }

    /// @throws dev.halftone.adapters.http.problem.Refusal 400
    public boolean flag(String name) {
        return any(name)
                .map(value -> value instanceof Boolean flag ? flag : wrong(name, "is true or false"))
                .orElse(false);
    }

    private static <T> T wrong(String name, String expected) {
        throw RequestProblems.badField(name, "invalid_field", expected);
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
