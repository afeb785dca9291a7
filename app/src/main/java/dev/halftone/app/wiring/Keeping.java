package dev.halftone.app.wiring;

import dev.halftone.adapters.http.control.ControlParts;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiBatchControl;
import dev.halftone.adapters.postgres.audit.JdbiStrays;
import dev.halftone.adapters.queue.Chore;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.domain.asset.DeleteImage;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.PurgeBatch;
import dev.halftone.domain.batch.PurgeOld;
import dev.halftone.domain.stock.StockMark;
import dev.halftone.domain.stock.Strays;
import dev.halftone.domain.stock.SweepStrays;
import dev.halftone.domain.storage.ObjectStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What is done to batches once they are there, and to what they leave.
final class Keeping {
    private final ObjectStore objects;
    private final InstantSource clock;
    private final JdbiBatchControl control;
    private final PurgeBatch purge;
    private final PurgeOld old;
    private final Strays strays;

    Keeping(
            Database database,
            DbSchedulerQueue queue,
            BatchStore batches,
            ObjectStore objects,
            SecureRandom random,
            InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
        this.control = new JdbiBatchControl(database, queue, queue, random);
        this.purge = new PurgeBatch(batches, control, objects);
        this.old = new PurgeOld(control, purge, clock);
        this.strays = new JdbiStrays(database);
    }

    PurgeBatch purge() {
        return purge;
    }

    PurgeOld old() {
        return old;
    }

    ControlParts parts(Links links) {
        return new ControlParts(control, purge, old, links, clock);
    }

    /// Has the object store say whose it is.
    void mark() {
        new StockMark(objects, strays.stock()).put();
    }

    /// @param sweepAfter how old what nobody names is when it is deleted; empty to leave it
    List<Chore> chores(DeleteImage images, Optional<Duration> sweepAfter) {
        return new Chores(control, purge, old, images, new SweepStrays(strays, objects), objects, sweepAfter).all();
    }
}
