package dev.halftone.adapters.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item's renditions as the column that keeps them.
record RenditionJson(String name, String key, String mediaType, int width, int height, long bytes, String sha256) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<List<RenditionJson>> LIST = new TypeReference<>() {};

    /// @return null for none
    static @Nullable String of(List<ItemOutcome.Rendered> renditions) {
        if (renditions.isEmpty()) {
            return null;
        }
        try {
            return MAPPER.writeValueAsString(
                    renditions.stream().map(RenditionJson::of).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RenditionJson of(ItemOutcome.Rendered rendered) {
        ItemOutcome.Output output = rendered.output();
        return new RenditionJson(
                rendered.name(),
                output.key().value(),
                output.format().mediaType(),
                output.size().width(),
                output.size().height(),
                output.bytes(),
                output.hash().hex());
    }

    static List<ItemView.Rendered> read(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        try {
            return MAPPER.readValue(json, LIST).stream()
                    .map(RenditionJson::view)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored renditions can't be read", e);
        }
    }

    private ItemView.Rendered view() {
        return new ItemView.Rendered(name, new ObjectKey(key), mediaType, new PixelSize(width, height), bytes);
    }
}
