package dev.halftone.app.wiring;

import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.adapters.queue.Chore;
import dev.halftone.domain.asset.DeleteImage;
import dev.halftone.domain.batch.PurgeBatch;
import dev.halftone.domain.batch.PurgeOld;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.stock.SweepStrays;
import dev.halftone.domain.stock.SweepStrays.Swept;
import dev.halftone.domain.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done from time to time, on one node of all.
///
/// @param sweepAfter how old what nobody names is when it is deleted; empty to leave it
record Chores(
        JdbiBatchControl control,
        PurgeBatch purge,
        PurgeOld old,
        DeleteImage images,
        SweepStrays sweep,
        ObjectStore objects,
        Optional<Duration> sweepAfter) {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration A_DAY = Duration.ofDays(1);

    /// A put takes minutes at the most.
    private static final Duration UNFINISHED = Duration.ofHours(1);

    List<Chore> all() {
        List<Chore> chores = new ArrayList<>(List.of(
                new Chore("cancel", A_MINUTE, control::resumeCancelling),
                new Chore("purge", A_MINUTE, purge::resume),
                new Chore("delete-images", A_MINUTE, images::resume),
                new Chore("expire", Duration.ofSeconds(15), this::expire),
                new Chore("sweep-unfinished", A_DAY, this::sweepUnfinished)));
        sweepAfter.ifPresent(
                age -> chores.add(new Chore("sweep", age.compareTo(A_DAY) < 0 ? age : A_DAY, () -> sweep(age))));
        return chores;
    }

    private void expire() {
        PurgeOld.Purged expired = old.expired();
        if (expired.batches() > 0) {
            LOG.info("{} batches expired and were deleted with {} objects", expired.batches(), expired.objects());
        }
    }

    private void sweepUnfinished() {
        try {
            int swept = objects.sweepUnfinished(UNFINISHED);
            if (swept > 0) {
                LOG.info("{} puts that never ended were swept from the object store", swept);
            }
        } catch (HalftoneException e) {
            LOG.warn("puts that never ended could not be swept: {}", e.failure().detail());
        }
    }

    private void sweep(Duration age) {
        try {
            tell(sweep.sweep(age));
        } catch (HalftoneException e) {
            LOG.warn(
                    "the sweep of objects without a row broke off: {}",
                    e.failure().detail());
        }
    }

    private static void tell(Swept swept) {
        switch (swept) {
            case Swept.Done done ->
                LOG.info("{} of {} objects were named by no row and were deleted", done.deleted(), done.listed());
            case Swept.Shared shared ->
                LOG.warn(
                        "the object store is marked by other databases as well, so it is not swept: {}. Where one is"
                                + " gone for good, delete its object stocks/ID.",
                        shared.others());
        }
    }
}
