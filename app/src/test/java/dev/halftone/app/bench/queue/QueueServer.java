package dev.halftone.app.bench.queue;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiBatchStore;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.NewBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A PostgreSQL of its own with batches in it.
final class QueueServer implements AutoCloseable {
    private static final int IN_A_COPY = 100_000;

    private final SecureRandom random = new SecureRandom();
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final BatchStore batches;

    QueueServer(Path folder) throws IOException, InterruptedException {
        postgres = EmbeddedPostgres.start(folder);
        database = Database.open(postgres.settings());
        batches = new JdbiBatchStore(database, new DbSchedulerQueue(database, random), random);
    }

    PostgresSettings settings() {
        return postgres.settings();
    }

    long pid() {
        return postgres.pid().orElseThrow();
    }

    /// Stores a batch of rows with one image each.
    BatchId submit(int rows) throws IOException {
        BatchId id = BatchId.random(random);
        NewBatch batch = new NewBatch(
                Caller.LOCAL,
                id,
                BatchOptions.DEFAULT,
                SubmitBatch.uploadKey(id),
                Optional.empty(),
                ContentHash.of(id.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        batches.submit(batch, sink -> {
            for (int i = 0; i < rows; i++) {
                URI url = URI.create("https://images.example/catalogue/2026/spring/product-" + i + "-front.jpg");
                sink.row(new Row(i, i + 2L, String.valueOf(i + 1), "Product " + i, false, List.of(new SourceUrl(url))));
            }
            return Optional.of(new ManifestSummary(rows, rows, rows, 0));
        });
        return id;
    }

    Batch awaitEnd(BatchId id) {
        Batch batch = batches.find(Owner.LOCAL, id).orElseThrow();
        while (!batch.state().isFinal()) {
            LockSupport.parkNanos(10_000_000);
            batch = batches.find(Owner.LOCAL, id).orElseThrow();
        }
        return batch;
    }

    /// Repeats a finished batch until there are so many finished items, and lets the tables settle as they
    /// would in the months that this takes otherwise.
    void repeat(BatchId finished, int items) {
        for (int copy = 0; copy * IN_A_COPY < items; copy++) {
            String id = "%026d".formatted(copy);
            database.patientTransaction(handle -> {
                long from = handle.createQuery("select key from batch where id = :id")
                        .bind("id", finished.toString())
                        .mapTo(Long.class)
                        .one();
                long to = handle.createQuery(
                                "insert into batch (id, %1$s) select :id, %1$s from batch where key = :from returning key"
                                        .formatted(columns(handle, "batch", "id")))
                        .bind("id", id)
                        .bind("from", from)
                        .mapTo(Long.class)
                        .one();
                for (String table : List.of("manifest_row", "item")) {
                    handle.execute(
                            "insert into %1$s (batch, %2$s) select ?, %2$s from %1$s where batch = ?"
                                    .formatted(table, columns(handle, table, "batch")),
                            to,
                            from);
                }
                return true;
            });
        }
        database.read(handle -> handle.execute("vacuum (analyze) item"));
        database.read(handle -> handle.execute("vacuum (analyze) manifest_row"));
        database.read(handle -> handle.execute("checkpoint"));
    }

    private static String columns(org.jdbi.v3.core.Handle handle, String table, String without) {
        return handle.createQuery("""
                        select string_agg(quote_ident(column_name), ', ') from information_schema.columns
                         where table_schema = 'public' and table_name = :table and column_name <> :without
                           and is_identity = 'NO' and is_generated = 'NEVER'
                        """)
                .bind("table", table)
                .bind("without", without)
                .mapTo(String.class)
                .one();
    }

    static int copies() {
        return IN_A_COPY;
    }

    @Override
    public void close() {
        database.close();
        postgres.close();
    }
}
