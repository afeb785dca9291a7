package dev.halftone.adapters.http.json;

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
        @Nullable String code,
        @Nullable String detail,
        @Nullable String advice,
        int attempts) {

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
                item.code().map(FailureCode::wire).orElse(null),
                item.detail().orElse(null),
                item.code().map(FailureCode::advice).orElse(null),
                item.attempts());
    }
}
