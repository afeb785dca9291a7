package dev.halftone.domain.stock;

import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Deletes objects that no row names: what a kill left between an object and its row, what a worker put that had
/// lost its item, what a purge could not see.
///
/// **No object that a row names, or will name, is ever deleted.** The argument needs no clock and no deadline:
///
/// 1. Only keys that [Strays#condemn] returned are deleted, and those can't be named by any row, then or later.
/// 2. So it does not matter when the deletion reaches the store: a sweep that is frozen between the answer and
///    the deletion, or a request that the network delivers an hour late, deletes a key without a future.
/// 3. `condemn` holds the row that every writer of such a name has to hold (the batch's, the image's), looks once
///    more, and then takes the key out of use before it lets go: an id without a row is never given to one; a
///    failed item gets another name, under which a retry stores; an image goes on to another round of variants;
///    an unfinished batch is left alone. Who had put the object before, and comes to write its row after, is
///    refused, and stores anew under the new key.
/// 4. Between the listing and the deletion an object may be replaced, by one whose key is condemned as well.
///
/// The age that an object must have keeps sweeps from disturbing what is under way; nothing rests on it. It is
/// taken by the store's own clock, from a mark that is put at the beginning.
///
/// A store that a second database has marked is not swept: the rows of its objects can't be seen from here.
public final class SweepStrays {
    private static final List<String> OURS = List.of("uploads/", "batches/", "assets/", "halftone-check/");
    private static final int AT_ONCE = 20_000;

    private final Strays strays;
    private final ObjectStore objects;

    public SweepStrays(Strays strays, ObjectStore objects) {
        this.strays = strays;
        this.objects = objects;
    }

    /// What came of a sweep.
    public sealed interface Swept {
        /// @param listed objects looked at
        /// @param deleted of them
        record Done(long listed, long deleted) implements Swept {}

        /// Nothing was looked at.
        ///
        /// @param others the databases whose objects are in this store too
        record Shared(List<String> others) implements Swept {
            public Shared {
                others = List.copyOf(others);
            }
        }
    }

    /// @param age an object that is younger stays
    /// @throws dev.halftone.domain.failure.HalftoneException when the store can't be listed or deleted from; what
    /// is left goes with the next sweep
    public Swept sweep(Duration age) {
        StockMark mark = new StockMark(objects, strays.stock());
        Instant before = mark.now().minus(age);
        List<String> others = mark.others();
        return others.isEmpty() ? new Run(before).sweep() : new Swept.Shared(others);
    }

    /// One sweep.
    private final class Run {
        private final Instant before;
        private final List<ObjectKey> old = new ArrayList<>();
        private long listed;
        private long deleted;

        Run(Instant before) {
            this.before = before;
        }

        Swept sweep() {
            for (String prefix : OURS) {
                try (Stream<ListedObject> all = objects.list(prefix)) {
                    all.forEach(this::look);
                }
            }
            delete();
            return new Swept.Done(listed, deleted);
        }

        private void look(ListedObject object) {
            listed++;
            if (!object.stored().isAfter(before)) {
                old.add(object.key());
            }
            if (old.size() >= AT_ONCE) {
                delete();
            }
        }

        private void delete() {
            for (ObjectKey key : strays.condemn(old)) {
                objects.delete(key);
                deleted++;
            }
            old.clear();
        }
    }
}
