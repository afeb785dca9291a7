package dev.halftone.adapters.postgres.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.domain.asset.ImageFacts;
import dev.halftone.domain.asset.ImageFacts.Look;
import dev.halftone.domain.asset.ImageFacts.Swatch;
import dev.halftone.domain.asset.ImageFacts.Tag;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.form.PipelineForm;
import dev.halftone.domain.pipeline.form.PipelineReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Facts and pipelines as they stand in `jsonb` columns.
final class FactsJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<List<Object>> LIST = new TypeReference<>() {};

    private FactsJson() {}

    private record Stored(
            int frames, @Nullable String hash, @Nullable String blurHash, List<Swatch> colours, List<Tag> tags) {}

    static String of(ImageFacts facts) {
        return write(new Stored(
                facts.frames(),
                facts.look().map(look -> look.hash().wire()).orElse(null),
                facts.look().map(Look::blurHash).orElse(null),
                facts.look().map(Look::colours).orElse(List.of()),
                facts.tags()));
    }

    static ImageFacts facts(String json) {
        Stored stored = read(json, new TypeReference<>() {});
        Optional<Look> look = stored.hash() == null || stored.blurHash() == null
                ? Optional.empty()
                : Optional.of(new Look(
                        PerceptualHash.ofWire(stored.hash()).orElseThrow(), stored.blurHash(), stored.colours()));
        return new ImageFacts(stored.frames(), look, stored.tags());
    }

    static String of(Pipeline pipeline) {
        return write(PipelineForm.plain(pipeline));
    }

    static Pipeline pipeline(String json) {
        return switch (PipelineReader.read(read(json, LIST))) {
            case PipelineReader.Result.Good good -> good.pipeline();
            case PipelineReader.Result.Bad bad ->
                throw new IllegalStateException("a stored pipeline can't be read: " + bad.mistakes());
        };
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
