package dev.halftone.app.wiring;

import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.csv.CsvOutputReader;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiBatchStore;
import dev.halftone.adapters.postgres.audit.JdbiLedger;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.domain.audit.StockReport;
import dev.halftone.domain.audit.VerifyStock;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.PurgeOld;
import dev.halftone.domain.source.SourceReader;
import dev.halftone.domain.storage.ObjectStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What an operator does to a service's stock from beside it, whether the service runs or not: nothing is taken
/// from the queue here.
public final class Upkeep implements AutoCloseable {
    private final HalftoneConfig config;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final OpenParts parts = new OpenParts();
    private final ObjectStore objects;
    private final Storehouse storehouse;
    private final BatchStore batches;
    private final Keeping keeping;

    private Upkeep(HalftoneConfig config) throws IOException, InterruptedException {
        this.config = config;
        try {
            this.storehouse = parts.opened("database", Storehouse.attach(config));
            this.objects = parts.opened(
                            "object store", ObjectStores.open(config, config.publicUrl(config.port()), clock))
                    .store();
            DbSchedulerQueue queue = new DbSchedulerQueue(storehouse.database(), random);
            this.batches = new JdbiBatchStore(storehouse.database(), queue, random);
            this.keeping = new Keeping(storehouse.database(), queue, batches, objects, random, clock);
        } catch (RuntimeException | IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /// @throws dev.halftone.adapters.postgres.DatabaseRefused when there is no such database
    public static Upkeep of(HalftoneConfig config) throws IOException, InterruptedException {
        return new Upkeep(config);
    }

    public boolean knows(BatchId batch) {
        return new JdbiLedger(storehouse.database()).batch(batch).isPresent();
    }

    /// Checks all that is kept.
    public StockReport verify(VerifyStock.Scope scope) {
        return verifying(storehouse.database(), batches, objects, config, clock).run(scope);
    }

    /// Deletes batches that ended longer ago than this.
    public PurgeOld.Purged purge(Duration age) {
        return keeping.old().finishedBefore(Optional.empty(), age, Duration.ofDays(365));
    }

    /// What [#purge] would delete.
    public PurgeOld.Purged wouldGo(Duration age) {
        return keeping.old().wouldGo(Optional.empty(), age);
    }

    /// For whoever has a database and an object store already.
    static VerifyStock verifying(
            Database database, BatchStore batches, ObjectStore objects, HalftoneConfig config, InstantSource clock) {
        return new VerifyStock(
                new JdbiLedger(database),
                batches,
                objects,
                new CsvManifestWriter(SourceReader.REMOTE, config.manifestLimits()),
                new CsvOutputReader(SourceReader.REMOTE, config.manifestLimits()),
                clock);
    }

    @Override
    public void close() {
        parts.close();
    }
}
