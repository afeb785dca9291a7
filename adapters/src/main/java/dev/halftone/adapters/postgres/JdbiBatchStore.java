package dev.halftone.adapters.postgres;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.ResultCursor;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.item.SliceQueue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/// Batches in PostgreSQL.
public final class JdbiBatchStore implements BatchStore {
    private final Database database;
    private final NewBatchRows newBatches;

    /// @param queue in the same database: its writes join the store's transactions
    /// @param random a secure source, for the secrets of webhook endpoints
    public JdbiBatchStore(Database database, SliceQueue queue, RandomGenerator random) {
        this.database = database;
        this.newBatches = new NewBatchRows(queue, random);
    }

    @Override
    public Submitted submit(NewBatch batch, RowFeed feed) throws IOException {
        Optional<NewBatchRows.Written> written = database.bulk(handle -> newBatches.write(handle, batch, feed));
        if (written.isPresent()) {
            return new Submitted.Stored(
                    find(batch.by().owner(), batch.id()).orElseThrow(),
                    written.get().webhookSecret());
        }
        return batch.idempotencyKey()
                .flatMap(key -> holderOf(batch.by().owner(), key))
                .orElseGet(Submitted.RolledBack::new);
    }

    private Optional<Submitted> holderOf(Owner owner, String key) {
        return database.read(handle -> handle.createQuery("""
                        select b.id, k.fingerprint from idempotency k join batch b on b.key = k.batch
                         where k.owner = :owner and k.key = :key
                        """)
                .bind("owner", owner.name())
                .bind("key", key)
                .map((row, context) -> (Submitted) new Submitted.KeyTaken(
                        load(handle, owner, BatchId.of(row.getString(1))).orElseThrow(),
                        new ContentHash(row.getString(2))))
                .findOne());
    }

    @Override
    public Optional<Batch> find(Owner owner, BatchId id) {
        return database.read(handle -> load(handle, owner, id));
    }

    static Optional<Batch> load(Handle handle, Owner owner, BatchId id) {
        return handle.createQuery(
                        BatchRows.SELECT_BATCH + " where b.id = :id and b.owner = :owner and b.deleted is null")
                .bind("owner", owner.name())
                .bind("id", id.toString())
                .map((row, context) -> BatchRows.batch(row))
                .findOne();
    }

    @Override
    public List<Batch> list(Owner owner, Optional<BatchState> state, Optional<BatchId> before, int limit) {
        checkLimit(limit, 200);
        String sql = BatchRows.SELECT_BATCH
                + " where b.owner = :owner and b.deleted is null"
                + (state.isPresent() ? " and b.state = :state" : "")
                + (before.isPresent()
                        ? " and b.key < (select key from batch where id = :before and owner = :owner)"
                        : "")
                + " order by b.key desc limit :limit";
        return database.read(handle -> handle.createQuery(sql)
                .bind("owner", owner.name())
                .bind("state", state.map(BatchState::wire).orElse(""))
                .bind("before", before.map(BatchId::toString).orElse(""))
                .bind("limit", limit)
                .map((row, context) -> BatchRows.batch(row))
                .list());
    }

    @Override
    public List<ItemView> items(Owner owner, BatchId id, ItemFilter filter) {
        return items("id = :id and owner = :owner", owner.name(), id, filter);
    }

    @Override
    public List<ItemView> itemsOfAnyone(BatchId id, ItemFilter filter) {
        return items("id = :id", "", id, filter);
    }

    private List<ItemView> items(String which, String owner, BatchId id, ItemFilter filter) {
        checkLimit(filter.limit(), 1_000);
        String sql = BatchRows.SELECT_ITEMS
                + " where i.batch = (select key from batch where " + which + ") and i.ordinal > :after"
                + (filter.state().isPresent() ? " and coalesce(i.state, p.state) = :state" : "")
                + (filter.code().isPresent() ? " and coalesce(i.code, p.code) = :code" : "")
                + " order by i.ordinal limit :limit";
        return database.read(handle -> handle.createQuery(sql)
                .bind("id", id.toString())
                .bind("owner", owner)
                .bind("after", filter.after().orElse(-1))
                .bind("state", filter.state().map(ItemState::wire).orElse(""))
                .bind("code", filter.code().map(FailureCode::wire).orElse(""))
                .bind("limit", filter.limit())
                .map((row, context) -> BatchRows.item(row))
                .list());
    }

    @Override
    public boolean delete(BatchId id) {
        return database.bulk(handle -> Optional.of(handle.createUpdate("delete from batch where id = :id")
                                .bind("id", id.toString())
                                .execute())
                        .filter(deleted -> deleted > 0))
                .isPresent();
    }

    @Override
    public ResultCursor results(Owner owner, BatchId id) {
        return database.stream(handle -> JdbiResultCursor.open(handle, owner, id));
    }

    private static void checkLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("a page has 1 to " + most + " entries, not " + limit);
        }
    }
}
