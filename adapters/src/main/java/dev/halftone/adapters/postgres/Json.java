package dev.halftone.adapters.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.manifest.Assumption;
import java.util.List;
import java.util.Map;

/// The few values that are stored as JSON: a batch's options, by the names and texts of the API, and the
/// assumptions its reader made.
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Assumption>> ASSUMPTIONS = new TypeReference<>() {};

    private Json() {}

    static String of(BatchOptions options) {
        return write(options.texts());
    }

    static String of(List<Assumption> assumptions) {
        return write(assumptions);
    }

    static BatchOptions options(String json) {
        return switch (OptionsReader.read(read(json, TEXTS))) {
            case OptionsReader.Result.Good good -> good.options();
            case OptionsReader.Result.Bad bad ->
                throw new IllegalStateException("the stored options can't be read: " + bad.problems());
        };
    }

    static List<Assumption> assumptions(String json) {
        return read(json, ASSUMPTIONS);
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON can't be read", e);
        }
    }
}
