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
    private ScaleRun() {}

    public static void main(String[] arguments) throws Exception {
        Path csv = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        SecureRandom random = new SecureRandom();
        FileObjectStore objects =
                new FileObjectStore(folder.resolve("objects"), URI.create("http://127.0.0.1"), InstantSource.system());
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                Database database = Database.open(postgres.settings());
                WorkerNode node = IdleNode.on(database)) {
            JdbiBatchStore batches = new JdbiBatchStore(database, new DbSchedulerQueue(database, random), random);
            SubmitBatch submit =
                    new SubmitBatch(new CsvManifestReader(), batches, objects, ManifestLimits.DEFAULT, random);
            long begun = System.nanoTime();
            Batch batch;
            try (InputStream in = Files.newInputStream(csv)) {
                batch = ((SubmitBatch.Result.Accepted)
                                submit.submit(Caller.LOCAL, in, BatchOptions.DEFAULT, Optional.empty()))
                        .batch();
            }
            long accepted = System.nanoTime();
            node.start();
            while (!batch.state().isFinal()) {
                LockSupport.parkNanos(10_000_000);
                batch = batches.find(Owner.LOCAL, batch.id()).orElseThrow();
            }
            long run = System.nanoTime();
            ExportBatch export = new ExportBatch(
                    batches,
                    objects,
                    new CsvManifestWriter(SourceReader.REMOTE, ManifestLimits.DEFAULT),
                    key -> objects.publicUrl(key).toString());
            Path output = folder.resolve("output.csv");
            try (OutputStream out = Files.newOutputStream(output)) {
                export.write(Owner.LOCAL, batch.id(), new OutputStyle(false, false, List.of()), out);
            }
            long exported = System.nanoTime();
            long items = batch.progress().total();
            System.out.printf(
                    Locale.ROOT,
                    "  accepted %.1f s, run %.1f s, exported %.1f s; an item: %.1f + %.1f + %.1f = %.1f us;"
                            + " heap at most %d MiB, RSS %d MiB; %,d of %,d completed%n",
                    (accepted - begun) / 1e9,
                    (run - accepted) / 1e9,
                    (exported - run) / 1e9,
                    (accepted - begun) / 1e3 / items,
                    (run - accepted) / 1e3 / items,
                    (exported - run) / 1e3 / items,
                    (exported - begun) / 1e3 / items,
                    peakHeap() >> 20,
                    ProcessCpu.peakRssMiB(),
                    batch.progress().completed(),
                    items);
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
