package dev.halftone.adapters.http.json;

import dev.halftone.domain.duplicate.SeenItem;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;
import java.util.function.Function;

/// The near-duplicates of a batch.
///
/// @param compared how many images were looked at, each address once
/// @param truncated whether there are more, which were not
/// @param distance how many of 64 bits may differ from the first of a group
public record DuplicatesJson(
        String requestId, String status, int compared, boolean truncated, int distance, List<Group> groups) {

    /// Images that are nearly the same, in the order of the CSV.
    public record Group(List<Image> images) {
        public static Group of(List<SeenItem> items, Function<ObjectKey, String> address) {
            return new Group(items.stream()
                    .map(item -> new Image(
                            item.line(),
                            item.product(),
                            item.position(),
                            item.url(),
                            address.apply(item.key()),
                            item.copies(),
                            items.getFirst().look().distance(item.look())))
                    .toList());
        }
    }

    /// @param copies how many images of the batch have this very address
    /// @param distance to the first of the group
    public record Image(
            long line, String product, int position, String inputUrl, String outputUrl, int copies, int distance) {}
}
