package dev.halftone.adapters.postgres.audit;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.stock.ObjectOwner;
import dev.halftone.domain.storage.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Finds the keys that no row names, a batch at a time: its items are read once, whatever their number.
final class UnnamedKeys {
    private static final String OF_BATCH = """
            select l.key
              from unnest(:keys) as l(key)
             where not exists (
               select 1 from (select object_key as key from item where batch = :batch and object_key is not null
                              union all
                              select r ->> 'key' from item cross join jsonb_array_elements(renditions) r
                               where batch = :batch and renditions is not null) named
                where named.key = l.key)
            """;

    private final Handle handle;
    private final Set<ObjectKey> unnamed = new HashSet<>();

    private UnnamedKeys(Handle handle) {
        this.handle = handle;
    }

    static Set<ObjectKey> among(Handle handle, Collection<ObjectKey> keys) {
        UnnamedKeys search = new UnnamedKeys(handle);
        Map<BatchId, List<ObjectKey>> ofBatches = new HashMap<>();
        Map<AssetId, List<ObjectKey>> ofImages = new HashMap<>();
        for (ObjectKey key : keys) {
            switch (ObjectOwner.of(key)) {
                case ObjectOwner.OfBatch batch ->
                    ofBatches
                            .computeIfAbsent(batch.id(), id -> new ArrayList<>())
                            .add(key);
                case ObjectOwner.OfImage image ->
                    ofImages.computeIfAbsent(image.id(), id -> new ArrayList<>())
                            .add(key);
                case ObjectOwner.OfACheck check -> search.unnamed.add(key);
                case ObjectOwner.Foreign foreign -> {}
            }
        }
        handle.execute("set local enable_nestloop = off");
        ofBatches.forEach(search::ofBatch);
        search.ofImages(ofImages);
        return search.unnamed;
    }

    private record Batch(long key, ObjectKey upload, boolean isLeaving) {}

    private void ofBatch(BatchId id, List<ObjectKey> keys) {
        handle.createQuery("select key, upload, deleted is not null from batch where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> new Batch(row.getLong(1), new ObjectKey(row.getString(2)), row.getBoolean(3)))
                .findOne()
                .ifPresentOrElse(batch -> ofBatch(batch, keys), () -> unnamed.addAll(keys));
    }

    private void ofBatch(Batch batch, List<ObjectKey> keys) {
        if (!batch.isLeaving()) {
            unnamed.addAll(ofItems(handle, batch.key(), keys));
            unnamed.remove(batch.upload());
        }
    }

    /// Of these keys, those that no item of the batch names.
    static List<ObjectKey> ofItems(Handle handle, long batch, List<ObjectKey> keys) {
        return handle.createQuery(OF_BATCH)
                .bind("batch", batch)
                .bindArray(
                        "keys",
                        String.class,
                        keys.stream().map(ObjectKey::value).toList())
                .map((row, context) -> new ObjectKey(row.getString(1)))
                .list();
    }

    private void ofImages(Map<AssetId, List<ObjectKey>> keys) {
        if (keys.isEmpty()) {
            return;
        }
        ImageKeys images = ImageKeys.of(handle, List.copyOf(keys.keySet()));
        keys.forEach((id, theirs) -> {
            if (!images.leaving().contains(id)) {
                theirs.stream().filter(key -> !images.named().contains(key)).forEach(unnamed::add);
            }
        });
    }
}
