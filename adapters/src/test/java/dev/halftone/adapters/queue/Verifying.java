package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.csv.CsvOutputReader;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.audit.JdbiLedger;
import dev.halftone.domain.audit.Ledger;
import dev.halftone.domain.audit.StockReport;
import dev.halftone.domain.audit.VerifyStock;
import dev.halftone.domain.audit.VerifyStock.Scope;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.source.SourceReader;
import dev.halftone.domain.storage.ObjectStore;
import java.time.InstantSource;
import java.util.Optional;

/// How a test of faults ends: the one oracle finds nothing. It is what `halftone verify --settled` runs.
public final class Verifying {

    private Verifying() {}

    /// The rows fit together, with nothing left to be done; for tests whose workers store no objects.
    public static void rows(Database database) {
        clean(VerifyStock.rows(new JdbiLedger(database), Scope.SETTLED));
    }

    /// The rows of one batch, which has ended.
    public static void rows(Database database, BatchId batch) {
        clean(VerifyStock.rows(new JdbiLedger(database), new Scope(Optional.of(batch), true, true)));
    }

    /// Rows and objects fit together, with nothing left to be done.
    public static void everything(Database database, BatchStore batches, ObjectStore objects) {
        clean(of(database, batches, objects).run(Scope.SETTLED));
    }

    public static VerifyStock of(Database database, BatchStore batches, ObjectStore objects) {
        return of(new JdbiLedger(database), batches, objects);
    }

    public static VerifyStock of(Ledger ledger, BatchStore batches, ObjectStore objects) {
        return new VerifyStock(
                ledger,
                batches,
                objects,
                new CsvManifestWriter(SourceReader.REMOTE, ManifestLimits.DEFAULT),
                new CsvOutputReader(SourceReader.REMOTE, ManifestLimits.DEFAULT),
                InstantSource.system());
    }

    private static void clean(StockReport report) {
        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isTrue();
    }
}
