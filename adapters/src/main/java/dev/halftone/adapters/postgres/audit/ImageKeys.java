package dev.halftone.adapters.postgres.audit;

import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The objects of images: of each the file itself, and what pipelines made of it.
///
/// @param named what rows name
/// @param leaving images that are being deleted
record ImageKeys(Set<ObjectKey> named, Set<AssetId> leaving) {

    static ImageKeys of(Handle handle, List<AssetId> ids) {
        ImageKeys keys = new ImageKeys(new HashSet<>(), new HashSet<>());
        String[] texts = ids.stream().map(AssetId::toString).toArray(String[]::new);
        handle.createQuery("select id, format, deleting is not null from asset where id = any(:ids)")
                .bindArray("ids", String.class, (Object[]) texts)
                .map((row, context) ->
                        keys.add(AssetId.of(row.getString(1)), format(row.getString(2)), row.getBoolean(3)))
                .list();
        handle.createQuery("""
                        select v.object_key from variant v
                         where v.asset in (select key from asset where id = any(:ids))
                        """)
                .bindArray("ids", String.class, (Object[]) texts)
                .map((row, context) -> new ObjectKey(row.getString(1)))
                .forEach(keys.named::add);
        return keys;
    }

    private boolean add(AssetId id, ImageFormat format, boolean isLeaving) {
        return isLeaving ? leaving.add(id) : named.add(Asset.keyOf(id, format));
    }

    static ImageFormat format(String wire) {
        return Arrays.stream(ImageFormat.values())
                .filter(format -> format.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a stored image has the format " + wire));
    }
}
