package dev.halftone.adapters.postgres.audit;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Variants, and images, that no row names. Who writes the row of a variant holds that of its image, which says in
/// which round variants are stored: here it goes on to the next, so that those of this one get no row any more.
final class StrayVariants {
    private StrayVariants() {}

    /// @param keys of one image
    static List<ObjectKey> condemn(Handle handle, AssetId id, List<ObjectKey> keys) {
        Optional<Boolean> leaving = handle.createQuery(
                        "select deleting is not null from asset where id = :id for no key update")
                .bind("id", id.toString())
                .mapTo(Boolean.class)
                .findOne();
        if (leaving.isEmpty()) {
            return SweptIds.add(handle, id.toString()) ? keys : List.of();
        }
        if (leaving.get()) {
            return List.of();
        }
        ImageKeys images = ImageKeys.of(handle, List.of(id));
        List<ObjectKey> strays =
                keys.stream().filter(key -> !images.named().contains(key)).toList();
        if (!strays.isEmpty()) {
            handle.createUpdate("update asset set round = round + 1 where id = :id")
                    .bind("id", id.toString())
                    .execute();
        }
        return strays;
    }
}
