package dev.halftone.adapters.postgres.image;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.duplicate.LookStore;
import dev.halftone.domain.duplicate.SeenItem;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.storage.ObjectKey;
import java.util.List;

/// What the items of batches look like, in their rows.
public final class JdbiLookStore implements LookStore {
    private final Database database;

    public JdbiLookStore(Database database) {
        this.database = database;
    }

    @Override
    public List<SeenItem> seen(Owner owner, BatchId batch, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select r.line, r.product, i.position, i.url, i.object_key, i.copies, i.phash
                          from item i
                          join lateral (select line, product from manifest_row r
                                         where r.batch = i.batch and r.row_index = i.row_index limit 1) r on true
                         where i.batch = (select key from batch where id = :id and owner = :owner) and i.phash is not null
                         order by i.ordinal
                         limit :limit
                        """)
                .bind("id", batch.toString())
                .bind("owner", owner.name())
                .bind("limit", limit)
                .map((row, context) -> new SeenItem(
                        row.getLong("line"),
                        row.getString("product"),
                        row.getInt("position"),
                        row.getString("url"),
                        new ObjectKey(row.getString("object_key")),
                        row.getInt("copies"),
                        new PerceptualHash(row.getLong("phash"))))
                .list());
    }
}
