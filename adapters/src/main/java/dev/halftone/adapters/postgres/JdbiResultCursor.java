package dev.halftone.adapters.postgres;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchGone;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.ResultCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/// A server-side cursor over a batch's items: one query, and so one snapshot. While it is open the batch is read, and
/// nothing of it is deleted.
final class JdbiResultCursor implements ResultCursor {
    private static final int FETCHED_AT_ONCE = 500;

    private final Handle handle;
    private final Iterator<ItemView> items;
    private @Nullable ItemView next;
    private int asked = -1;

    private JdbiResultCursor(Handle handle, Iterator<ItemView> items) {
        this.handle = handle;
        this.items = items;
        this.next = items.hasNext() ? items.next() : null;
    }

    static JdbiResultCursor open(Handle handle, Owner owner, BatchId id) {
        handle.begin();
        handle.execute("set transaction read only");
        ReadLock.share(handle, id);
        if (!isThere(handle, owner, id)) {
            throw new BatchGone(id);
        }
        // Along the key, rather than all read and sorted before the first row comes.
        handle.execute("set local enable_seqscan = off; set local enable_bitmapscan = off");
        ResultIterator<ItemView> items = handle.createQuery(BatchRows.SELECT_ITEMS + """
                         where i.batch = (select key from batch where id = :id and owner = :owner)
                         order by i.batch, i.ordinal
                        """)
                .bind("id", id.toString())
                .bind("owner", owner.name())
                .setFetchSize(FETCHED_AT_ONCE)
                .map((row, context) -> BatchRows.item(row))
                .iterator();
        return new JdbiResultCursor(handle, items);
    }

    /// A statement of its own: it sees what was committed before the lock was given.
    private static boolean isThere(Handle handle, Owner owner, BatchId id) {
        return handle.createQuery(
                        "select exists (select 1 from batch where id = :id and owner = :owner and deleted is null)")
                .bind("id", id.toString())
                .bind("owner", owner.name())
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public Optional<ItemView> next() {
        Optional<ItemView> given = Optional.ofNullable(next);
        next = items.hasNext() ? items.next() : null;
        return given;
    }

    @Override
    public List<ItemView> row(int rowIndex) {
        if (rowIndex <= asked) {
            throw new IllegalArgumentException("rows are asked for in ascending order");
        }
        asked = rowIndex;
        List<ItemView> row = new ArrayList<>();
        while (next != null && next.rowIndex() <= rowIndex) {
            if (next.rowIndex() == rowIndex) {
                row.add(next);
            }
            next = items.hasNext() ? items.next() : null;
        }
        return row;
    }

    @Override
    public void close() {
        close(handle);
    }

    /// Nothing was written; a rollback also ends a cursor that was not read to its end.
    private static void close(Handle handle) {
        try (handle) {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
        }
    }
}
