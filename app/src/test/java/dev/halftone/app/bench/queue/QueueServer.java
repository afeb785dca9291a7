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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

    /// Repeats a finished batch until there are so many finished items, and lets the tables settle as they would in the
    /// months that this takes otherwise.
    void repeat(BatchId finished, int items) throws SQLException {
        PostgresSettings own = postgres.settings();
        try (Connection connection = DriverManager.getConnection(
                        own.url(), own.user().orElseThrow(), own.password().orElseThrow());
                Statement statement = connection.createStatement()) {
            String batch = columns(statement, "batch", "id");
            String row = columns(statement, "manifest_row", "batch");
            String item = columns(statement, "item", "batch");
            for (int copy = 0; copy * IN_A_COPY < items; copy++) {
                statement.execute("""
                        with f as (select key from batch where id = '%1$s'),
                        made as (insert into batch (id, %3$s)
                                 select '%2$026d', %3$s from batch where id = '%1$s' returning key),
                        rows as (insert into manifest_row (batch, %4$s)
                                 select made.key, %4$s from made, manifest_row where batch = (select key from f))
                        insert into item (batch, %5$s) select made.key, %5$s from made, item where batch = (select key from f)
                        """.formatted(finished, copy, batch, row, item));
            }
            statement.execute("vacuum (analyze) item");
            statement.execute("vacuum (analyze) manifest_row");
            statement.execute("checkpoint");
        }
    }

    private static String columns(Statement statement, String table, String without) throws SQLException {
        try (ResultSet names = statement.executeQuery("""
                select string_agg(quote_ident(column_name), ', ') from information_schema.columns
                 where table_schema = 'public' and table_name = '%s' and column_name <> '%s'
                   and is_identity = 'NO' and is_generated = 'NEVER'
                """.formatted(table, without))) {
            names.next();
            return names.getString(1);
        }
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
