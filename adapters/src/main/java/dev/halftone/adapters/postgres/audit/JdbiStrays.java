package dev.halftone.adapters.postgres.audit;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.stock.ObjectOwner;
import dev.halftone.domain.stock.Strays;
import dev.halftone.domain.storage.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Judges objects by the rows of PostgreSQL. Most are told at one look, without a lock; the few that no row names
/// are looked at again, batch by batch and image by image, by one who holds the row that whoever would name them has
/// to hold.
public final class JdbiStrays implements Strays {
    private final Database database;

    public JdbiStrays(Database database) {
        this.database = database;
    }

    /// A copy of the database, on another server or beside this one, is another stock.
    @Override
    public String stock() {
        return stock(database);
    }

    static String stock(Database database) {
        return database.read(
                handle -> handle.createQuery("""
                        select s.id || '-' || left(md5(c.system_identifier::text || ':' || d.oid::text), 8)
                          from stock s, pg_control_system() c, pg_database d
                         where d.datname = current_database()
                        """).mapTo(String.class).one());
    }

    @Override
    public Set<ObjectKey> condemn(Collection<ObjectKey> keys) {
        Set<ObjectKey> condemned = new HashSet<>();
        Map<BatchId, List<ObjectKey>> ofBatches = new HashMap<>();
        Map<AssetId, List<ObjectKey>> ofImages = new HashMap<>();
        for (ObjectKey key : new JdbiLedger(database).unnamed(keys)) {
            switch (ObjectOwner.of(key)) {
                case ObjectOwner.OfBatch batch ->
                    ofBatches
                            .computeIfAbsent(batch.id(), id -> new ArrayList<>())
                            .add(key);
                case ObjectOwner.OfImage image ->
                    ofImages.computeIfAbsent(image.id(), id -> new ArrayList<>())
                            .add(key);
                case ObjectOwner.OfACheck check -> condemned.add(key);
                case ObjectOwner.Foreign foreign -> {}
            }
        }
        ofBatches.forEach(
                (id, theirs) -> condemned.addAll(holding(handle -> StrayOutputs.condemn(handle, id, theirs))));
        ofImages.forEach(
                (id, theirs) -> condemned.addAll(holding(handle -> StrayVariants.condemn(handle, id, theirs))));
        return condemned;
    }

    /// A batch of a million items is looked through in seconds; who waits for its row meanwhile is somebody who
    /// wants to retry, cancel or delete it.
    private List<ObjectKey> holding(Database.Work<List<ObjectKey>, RuntimeException> work) {
        return database.<List<ObjectKey>, RuntimeException>bulk(handle -> Optional.of(work.in(handle)))
                .orElseThrow();
    }
}
