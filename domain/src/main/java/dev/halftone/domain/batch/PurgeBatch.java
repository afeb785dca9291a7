package dev.halftone.domain.batch;

import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Deletes a batch with everything that is kept for it. Objects go first: a purge that is interrupted leaves
/// the rows that name what is left, and can be given again.
public final class PurgeBatch {
    private static final int PAGE = 1_000;

    private final BatchStore batches;
    private final ObjectStore objects;

    public PurgeBatch(BatchStore batches, ObjectStore objects) {
        this.batches = batches;
        this.objects = objects;
    }

    /// @return whether there was such a batch
    public boolean purge(BatchId id) {
        OptionalInt after = OptionalInt.empty();
        List<ItemView> page;
        do {
            page = batches.items(id, new ItemFilter(Optional.empty(), Optional.empty(), after, PAGE));
            for (ItemView item : page) {
                item.result().stream().flatMap(result -> result.keys().stream()).forEach(objects::delete);
                after = OptionalInt.of(item.ordinal());
            }
        } while (page.size() == PAGE);
        ObjectKey upload = SubmitBatch.uploadKey(id);
        objects.delete(upload);
        return batches.delete(id);
    }
}
