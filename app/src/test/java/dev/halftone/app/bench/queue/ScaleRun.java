package dev.halftone.app.bench.queue;

import dev.halftone.adapters.csv.CsvManifestReader;
import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiBatchStore;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.adapters.queue.WorkerNode;
import dev.halftone.adapters.storage.file.FileObjectStore;
import dev.halftone.app.bench.ProcessCpu;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.source.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The measured process of [ScaleBench].
public final class ScaleRun {
    /// So many rows at least are measured, over several runs of a small CSV.
    private static final int LEAST = 200_000;

    private final Path folder;
    private final FileObjectStore objects;
    private final JdbiBatchStore batches;
    private final SubmitBatch submit;

    private ScaleRun(Path folder, Database database) throws IOException {
        SecureRandom random = new SecureRandom();
        this.folder = folder;
        this.objects =
                new FileObjectStore(folder.resolve("objects"), URI.create("http://127.0.0.1"), InstantSource.system());
        this.batches = new JdbiBatchStore(database, new DbSchedulerQueue(database, random), random);
        this.submit = new SubmitBatch(new CsvManifestReader(), batches, objects, ManifestLimits.DEFAULT, random);
    }

    /// How long the steps took, in nanoseconds, over so many items.
    private record Times(long accepted, long run, long exported, long items) {
        Times plus(Times more) {
            return new Times(accepted + more.accepted, run + more.run, exported + more.exported, items + more.items);
        }
    }

    /// @param arguments a CSV to warm up with, the one to measure, a folder
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[2]);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                Database database = Database.open(postgres.settings());
                WorkerNode node = IdleNode.on(database)) {
            node.start();
            ScaleRun run = new ScaleRun(folder, database);
            run.once(Path.of(arguments[0]));
            Times times = run.once(Path.of(arguments[1]));
            int runs = 1;
            while (times.items < LEAST) {
                times = times.plus(run.once(Path.of(arguments[1])));
                runs++;
            }
            System.out.printf(
                    Locale.ROOT,
                    "  %d runs, each: accepted %.1f s, run %.1f s, exported %.1f s; an item: %.1f + %.1f + %.1f = %.1f us;"
                            + " heap at most %d MiB, RSS %d MiB%n",
                    runs,
                    times.accepted / 1e9 / runs,
                    times.run / 1e9 / runs,
                    times.exported / 1e9 / runs,
                    times.accepted / 1e3 / times.items,
                    times.run / 1e3 / times.items,
                    times.exported / 1e3 / times.items,
                    (times.accepted + times.run + times.exported) / 1e3 / times.items,
                    peakHeap() >> 20,
                    ProcessCpu.peakRssMiB());
        }
    }

    private Times once(Path csv) throws Exception {
        long begun = System.nanoTime();
        Batch batch = accepted(csv);
        long accepted = System.nanoTime();
        while (!batch.state().isFinal()) {
            LockSupport.parkNanos(10_000_000);
            batch = batches.find(Owner.LOCAL, batch.id()).orElseThrow();
        }
        long run = System.nanoTime();
        export(batch);
        long exported = System.nanoTime();
        if (batch.progress().completed() != batch.progress().total()) {
            throw new IllegalStateException(batch.progress().toString());
        }
        return new Times(
                accepted - begun,
                run - accepted,
                exported - run,
                batch.progress().total());
    }

    private Batch accepted(Path csv) throws IOException {
        try (InputStream in = Files.newInputStream(csv)) {
            return ((SubmitBatch.Result.Accepted)
                            submit.submit(Caller.LOCAL, in, BatchOptions.DEFAULT, Optional.empty()))
                    .batch();
        }
    }

    private void export(Batch batch) throws IOException {
        ExportBatch export = new ExportBatch(
                batches,
                objects,
                new CsvManifestWriter(SourceReader.REMOTE, ManifestLimits.DEFAULT),
                key -> objects.publicUrl(key).toString());
        try (OutputStream out = Files.newOutputStream(folder.resolve("output.csv"))) {
            export.write(Owner.LOCAL, batch.id(), new OutputStyle(false, false, List.of()), out);
        }
    }

    /// The sum of the pools' own peaks, garbage included: an upper bound.
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }
}
