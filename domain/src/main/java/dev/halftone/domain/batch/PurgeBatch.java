package dev.halftone.domain.batch;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.storage.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Deletes a batch with everything that is kept for it, whatever runs of it. It is buried first: from then on
/// nobody sees it and nothing is written about it. When the last who was reading it has ended, objects go, and rows
/// last, so that a purge that was interrupted goes on where it was.
public final class PurgeBatch {
    private static final int PAGE = 1_000;

    private final BatchStore batches;
    private final BatchControl control;
    private final ObjectStore objects;

    public PurgeBatch(BatchStore batches, BatchControl control, ObjectStore objects) {
        this.batches = batches;
        this.control = control;
        this.objects = objects;
    }

    /// @return how many outputs were deleted, 0 while somebody reads them; empty when there is no such batch of this
    /// owner
    public OptionalLong purge(Owner owner, BatchId id) {
        return control.bury(owner, id) ? OptionalLong.of(purgeBuried(id).orElse(0)) : OptionalLong.empty();
    }

    /// Goes on with purges that were interrupted.
    ///
    /// @return how many
    public int resume() {
        return (int) control.buried().stream()
                .filter(id -> purgeBuried(id).isPresent())
                .count();
    }

    /// Deletes what is left of a batch that was buried.
    ///
    /// @return how many outputs were deleted; empty when somebody still reads them: [#resume] comes back to it
    public OptionalLong purgeBuried(BatchId id) {
        if (!control.isUnread(id)) {
            return OptionalLong.empty();
        }
        long deleted = 0;
        OptionalInt after = OptionalInt.empty();
        List<ItemView> page;
        do {
            page = batches.itemsOfAnyone(id, new ItemFilter(Optional.empty(), Optional.empty(), after, PAGE));
            for (ItemView item : page) {
                deleted += item.result().map(this::delete).orElse(0);
                after = OptionalInt.of(item.ordinal());
            }
        } while (page.size() == PAGE);
        objects.delete(SubmitBatch.uploadKey(id));
        batches.delete(id);
        return OptionalLong.of(deleted);
    }

    private int delete(ItemView.Delivered result) {
        result.keys().forEach(objects::delete);
        return result.keys().size();
    }
}
