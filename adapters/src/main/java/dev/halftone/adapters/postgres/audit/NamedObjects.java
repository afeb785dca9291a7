package dev.halftone.adapters.postgres.audit;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.audit.NamedObject;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.stock.ObjectOwner;
import dev.halftone.domain.storage.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The objects that rows name, some thousand rows at a time. What is being deleted names nothing any more.
final class NamedObjects {
    private static final int PAGE = 1_000;

    /// Items' outputs and their renditions; ordinals have no gaps.
    private static final String OUTPUTS = """
            select i.ordinal, i.object_key, i.bytes_out as bytes, encode(i.sha256, 'hex') as sha256
              from item i
             where i.batch = :batch and i.ordinal >= :from and i.ordinal < :to and i.object_key is not null
            union all
            select i.ordinal, r ->> 'key', (r ->> 'bytes')::bigint, r ->> 'sha256'
              from item i cross join jsonb_array_elements(i.renditions) r
             where i.batch = :batch and i.ordinal >= :from and i.ordinal < :to and i.renditions is not null
            """;

    private static final String IMAGES = """
            select a.key, a.id, a.format, a.bytes, a.sha256
              from asset a where a.key > :after and a.deleting is null order by a.key limit :limit
            """;

    private static final String VARIANTS = """
            select v.asset as ordinal, v.object_key, a.id, v.bytes, v.sha256
              from variant v join asset a on a.key = v.asset
             where v.asset > :after and v.asset <= :upTo and a.deleting is null
            """;

    private final Database database;

    NamedObjects(Database database) {
        this.database = database;
    }

    void all(Consumer<List<NamedObject>> page) {
        long after = 0;
        List<Batch> batches;
        do {
            batches = batches(after);
            for (Batch batch : batches) {
                outputs(batch, page);
                after = batch.key();
            }
        } while (batches.size() == PAGE);
        images(page);
    }

    void ofBatch(BatchId id, Consumer<List<NamedObject>> page) {
        database.read(handle -> batch(handle, id)).ifPresent(batch -> outputs(batch, page));
    }

    private record Batch(long key, String id, String upload) {
        static Batch of(ResultSet row) throws SQLException {
            return new Batch(row.getLong("key"), row.getString("id"), row.getString("upload"));
        }
    }

    private List<Batch> batches(long after) {
        return database.read(handle -> handle.createQuery(
                        "select key, id, upload from batch where key > :after and deleted is null order by key limit "
                                + PAGE)
                .bind("after", after)
                .map((row, context) -> Batch.of(row))
                .list());
    }

    private void outputs(Batch batch, Consumer<List<NamedObject>> page) {
        String where = "batch " + batch.id();
        page.accept(List.of(
                new NamedObject(new ObjectKey(batch.upload()), where, -1, OptionalLong.empty(), Optional.empty())));
        int last = database.read(
                handle -> handle.createQuery("select coalesce(max(ordinal), -1) from item where batch = :batch")
                        .bind("batch", batch.key())
                        .mapTo(Integer.class)
                        .one());
        for (int ordinal = 0; ordinal <= last; ordinal += PAGE) {
            page.accept(outputs(batch.key(), ordinal, ordinal + PAGE, where));
        }
    }

    private List<NamedObject> outputs(long batch, int from, int to, String where) {
        return database.read(handle -> outputs(handle, batch, from, to, where));
    }

    private static List<NamedObject> outputs(Handle handle, long batch, long from, long to, String where) {
        return handle.createQuery(OUTPUTS)
                .bind("batch", batch)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> named(row, where))
                .list();
    }

    private record Image(long key, String id, NamedObject object) {
        static Image of(ResultSet row) throws SQLException {
            String id = row.getString("id");
            return new Image(
                    row.getLong("key"),
                    id,
                    new NamedObject(
                            Asset.keyOf(AssetId.of(id), ImageKeys.format(row.getString("format"))),
                            "image " + id,
                            row.getLong("key"),
                            OptionalLong.of(row.getLong("bytes")),
                            hash(row.getString("sha256"))));
        }
    }

    private void images(Consumer<List<NamedObject>> page) {
        long after = 0;
        List<Image> images;
        do {
            long from = after;
            images = database.read(handle -> images(handle, from, PAGE));
            if (!images.isEmpty()) {
                long upTo = images.getLast().key();
                page.accept(images.stream().map(Image::object).toList());
                page.accept(database.read(handle -> variants(handle, from, upTo)));
                after = upTo;
            }
        } while (images.size() == PAGE);
    }

    private static List<Image> images(Handle handle, long after, int limit) {
        return handle.createQuery(IMAGES)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> Image.of(row))
                .list();
    }

    private static List<NamedObject> variants(Handle handle, long after, long upTo) {
        return handle.createQuery(VARIANTS)
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, context) -> named(row, "image " + row.getString("id")))
                .list();
    }

    private static NamedObject named(ResultSet row, String where) throws SQLException {
        return new NamedObject(
                new ObjectKey(row.getString("object_key")),
                where,
                row.getLong("ordinal"),
                OptionalLong.of(row.getLong("bytes")),
                hash(row.getString("sha256")));
    }

    private static Optional<ContentHash> hash(@Nullable String hex) {
        return Optional.ofNullable(hex).map(ContentHash::new);
    }

    /// Whether the row still says so.
    static boolean names(Handle handle, NamedObject object) {
        return switch (ObjectOwner.of(object.key())) {
            case ObjectOwner.OfBatch(BatchId id, Optional<String> stem) -> {
                Optional<Batch> batch = batch(handle, id);
                yield batch.isPresent()
                        && (stem.isEmpty()
                                || outputs(handle, batch.get().key(), object.row(), object.row() + 1, object.where())
                                        .contains(object));
            }
            case ObjectOwner.OfImage image -> {
                List<Image> found = images(handle, object.row() - 1, 1);
                yield !found.isEmpty()
                        && found.getFirst().key() == object.row()
                        && (found.getFirst().object().equals(object)
                                || variants(handle, object.row() - 1, object.row())
                                        .contains(object));
            }
            case ObjectOwner.OfACheck check -> false;
            case ObjectOwner.Foreign foreign -> false;
        };
    }

    private static Optional<Batch> batch(Handle handle, BatchId id) {
        return handle.createQuery("select key, id, upload from batch where id = :id and deleted is null")
                .bind("id", id.toString())
                .map((row, context) -> Batch.of(row))
                .findOne();
    }
}
