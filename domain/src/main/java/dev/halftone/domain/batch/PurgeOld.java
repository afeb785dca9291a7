package dev.halftone.domain.batch;

import dev.halftone.domain.access.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Deletes batches that ended long ago: those whose time has come, and those that somebody wants gone. Only ended
/// ones, and none under a reader: who has begun to read one's results gets them whole, and its objects go when the
/// last reader has ended.
public final class PurgeOld {
    private static final int AT_ONCE = 100;

    private final BatchControl control;
    private final PurgeBatch purge;
    private final InstantSource clock;

    public PurgeOld(BatchControl control, PurgeBatch purge, InstantSource clock) {
        this.control = control;
        this.purge = purge;
        this.clock = clock;
    }

    /// What a purge came to.
    ///
    /// @param batches that nobody sees any more
    /// @param objects theirs, the uploads among them
    /// @param deleting batches of these whose objects are still to go, in the background
    public record Purged(long batches, long objects, long deleting) {
        static final Purged NOTHING = new Purged(0, 0, 0);

        Purged plus(Purged other) {
            return new Purged(batches + other.batches, objects + other.objects, deleting + other.deleting);
        }
    }

    /// Deletes what has expired. A batch that somebody reads, or whose webhook has still to be told, is left for
    /// the next time.
    public Purged expired() {
        Purged all = Purged.NOTHING;
        BatchControl.Buried page;
        do {
            page = control.buryExpired(AT_ONCE);
            all = all.plus(deleted(page, Instant.MAX));
        } while (!page.batches().isEmpty());
        return all;
    }

    /// Deletes what ended longer ago than this. From the answer on nobody sees these batches.
    ///
    /// @param owner whose; without, everybody's
    /// @param patience how long objects are deleted before it answers; the rest goes in the background
    public Purged finishedBefore(Optional<Owner> owner, Duration age, Duration patience) {
        Instant until = clock.instant().plus(patience);
        Purged all = Purged.NOTHING;
        BatchControl.Buried page;
        do {
            page = control.buryFinished(owner, age, AT_ONCE);
            all = all.plus(deleted(page, until));
        } while (!page.batches().isEmpty());
        return all;
    }

    /// What [#finishedBefore] would delete now.
    public Purged wouldGo(Optional<Owner> owner, Duration age) {
        BatchControl.Tally tally = control.finished(owner, age);
        return new Purged(tally.batches(), tally.objects(), 0);
    }

    private Purged deleted(BatchControl.Buried buried, Instant until) {
        List<BatchId> ids = buried.batches();
        long deleting = 0;
        for (BatchId id : ids) {
            deleting += clock.instant().isBefore(until) && purge.purgeBuried(id).isPresent() ? 0 : 1;
        }
        return new Purged(ids.size(), buried.objects(), deleting);
    }
}
