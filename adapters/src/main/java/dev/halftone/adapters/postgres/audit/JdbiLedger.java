package dev.halftone.adapters.postgres.audit;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.audit.BatchEntry;
import dev.halftone.domain.audit.Ledger;
import dev.halftone.domain.audit.NamedObject;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What PostgreSQL says of everything that is kept. Each answer is of one moment; a large batch takes seconds, so
/// these are long transactions that hold no lock.
public final class JdbiLedger implements Ledger {
    private final Database database;

    public JdbiLedger(Database database) {
        this.database = database;
    }

    @Override
    public String stock() {
        return JdbiStrays.stock(database);
    }

    @Override
    public List<BatchId> batches(Optional<BatchId> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        select id from batch
                         where deleted is null and key > coalesce((select key from batch where id = :after), 0)
                         order by key limit :limit
                        """)
                .bind("after", after.map(BatchId::toString).orElse(""))
                .bind("limit", limit)
                .map((row, context) -> BatchId.of(row.getString(1)))
                .list());
    }

    @Override
    public Optional<BatchEntry> batch(BatchId id) {
        return snapshot(handle -> BatchEntries.find(handle, id));
    }

    @Override
    public void named(Optional<BatchId> batch, Consumer<List<NamedObject>> page) {
        NamedObjects named = new NamedObjects(database);
        if (batch.isPresent()) {
            named.ofBatch(batch.get(), page);
        } else {
            named.all(page);
        }
    }

    @Override
    public boolean names(NamedObject object) {
        return database.read(handle -> NamedObjects.names(handle, object));
    }

    @Override
    public Set<ObjectKey> unnamed(Collection<ObjectKey> keys) {
        return keys.isEmpty() ? Set.of() : snapshot(handle -> UnnamedKeys.among(handle, keys));
    }

    @Override
    public Rest rest() {
        return snapshot(Lapses::find);
    }

    private <T> T snapshot(Database.Work<T, RuntimeException> work) {
        return database.<T, RuntimeException>bulk(handle -> {
                    handle.execute("set transaction isolation level repeatable read, read only");
                    return Optional.of(work.in(handle));
                })
                .orElseThrow();
    }
}
