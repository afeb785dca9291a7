package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One image of one row.
///
/// @param line the line of the CSV that the row begins on, from 1
/// @param position its place in the row's cell, from 1
/// @param outcome `compressed` or `kept_original`, once completed
/// @param notes what to know of the way the output was made, such as a target that could not be reached
/// @param renditions the further outputs that the batch asked for; one that could not be made is told of in the
/// notes
/// @param code why it failed, or why its last attempt did
public record ItemJson(
        long line,
        String product,
        int position,
        String inputUrl,
        @Nullable String outputUrl,
        String status,
        @Nullable String outcome,
        @Nullable String mediaType,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Long bytesIn,
        @Nullable Long bytesOut,
        @Nullable Double savedPercent,
        List<String> notes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RenditionJson> renditions,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String advice,
        int attempts) {

    /// A further output.
    ///
    /// @param name the rendition's
    public record RenditionJson(String name, String outputUrl, String mediaType, int width, int height, long bytes) {

        static RenditionJson of(ItemView.Rendered rendered, Function<ObjectKey, String> address) {
            return new RenditionJson(
                    rendered.name(),
                    address.apply(rendered.key()),
                    rendered.mediaType(),
                    rendered.size().width(),
                    rendered.size().height(),
                    rendered.bytes());
        }
    }

    /// A page of items in the order of the CSV.
    ///
    /// @param nextCursor asks for the page after; null on the last one
    public record Page(List<ItemJson> items, @Nullable String nextCursor) {}

    /// @param address where the world finds an output
    public static ItemJson of(ItemView item, Function<ObjectKey, String> address) {
        Optional<ItemView.Delivered> result = item.result();
        return new ItemJson(
                item.line(),
                item.product(),
                item.position(),
                item.url(),
                result.map(delivered -> address.apply(delivered.key())).orElse(null),
                item.state().wire(),
                result.map(ItemView.Delivered::outcome).orElse(null),
                result.map(ItemView.Delivered::mediaType).orElse(null),
                result.map(delivered -> delivered.size().width()).orElse(null),
                result.map(delivered -> delivered.size().height()).orElse(null),
                result.map(ItemView.Delivered::bytesIn).orElse(null),
                result.map(ItemView.Delivered::bytesOut).orElse(null),
                result.filter(delivered -> delivered.bytesIn() > 0)
                        .map(delivered -> Json.rounded(
                                100.0 * (delivered.bytesIn() - delivered.bytesOut()) / delivered.bytesIn(), 1))
                        .orElse(null),
                result.map(ItemView.Delivered::notes).orElse(List.of()),
                result.map(ItemView.Delivered::renditions).orElse(List.of()).stream()
                        .map(rendered -> RenditionJson.of(rendered, address))
                        .toList(),
                item.code().map(FailureCode::wire).orElse(null),
                item.detail().orElse(null),
                item.code().map(FailureCode::advice).orElse(null),
                item.attempts());
    }
}
