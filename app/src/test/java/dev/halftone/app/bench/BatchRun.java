package dev.halftone.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.wiring.Halftone;
import dev.halftone.app.wiring.Workshop;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// The measured process of [BatchBench]: runs a CSV as a service does, without HTTP in front, and prints its figures
/// as one line of JSON. `bare` replaces download and codec by nothing, so that what is left is all the rest: CSV,
/// queue, database, store.
public final class BatchRun {
    private static final AtomicLong CODEC_NANOS = new AtomicLong();

    private BatchRun() {}

    public static void main(String[] arguments) throws Exception {
        Path warmUp = Path.of(arguments[0]);
        Path csv = Path.of(arguments[1]);
        Path data = Path.of(arguments[2]);
        boolean bare = arguments[3].equals("bare");
        BatchOptions options =
                ((OptionsReader.Result.Good) OptionsReader.read(Map.of("format", arguments[4]))).options();
        HalftoneConfig config = ConfigReader.read(Environment.read(
                Map.of(
                        "HALFTONE_DATA_DIR",
                        data.toString(),
                        "HALFTONE_OUTBOUND_ALLOW",
                        "127.0.0.1",
                        "HALFTONE_HOST_CONCURRENCY",
                        "16"),
                Map.of(),
                data));
        Workshop.Tuning tuning = bare
                ? new Workshop.Tuning(
                        false, real -> (url, limits) -> new byte[] {-1, -40, -1, 0, 0, 0, 0, 0}, real -> new NoEngine())
                : new Workshop.Tuning(false, UnaryOperator.identity(), Timed::new);
        try (Halftone halftone = Halftone.tuned(config, tuning)) {
            halftone.startWorker();
            run(halftone, warmUp, options);
            CODEC_NANOS.set(0);
            double ownBefore = ownCpu();
            double databaseBefore = databaseCpu(halftone);
            long start = System.nanoTime();
            Batch done = run(halftone, csv, options);
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("images", done.progress().total());
            figures.put("failed", done.progress().failed());
            figures.put("keptOriginal", done.progress().keptOriginal());
            figures.put("seconds", seconds);
            figures.put("imagesPerSecond", done.progress().total() / seconds);
            figures.put("cpuSeconds", ownCpu() - ownBefore);
            figures.put("codecCpuSeconds", CODEC_NANOS.get() / 1e9);
            figures.put("postgresCpuSeconds", databaseCpu(halftone) - databaseBefore);
            figures.put("bytesIn", done.progress().bytesIn());
            figures.put("bytesOut", done.progress().bytesOut());
            figures.put("peakRssMiB", ProcessCpu.peakRssMiB());
            System.out.println(new ObjectMapper().writeValueAsString(figures));
        }
    }

    private static Batch run(Halftone halftone, Path csv, BatchOptions options) throws IOException {
        SubmitBatch.Result result;
        try (InputStream in = Files.newInputStream(csv)) {
            result = halftone.submit().submit(Caller.LOCAL, in, options, Optional.empty());
        }
        Batch batch = ((SubmitBatch.Result.Accepted) result).batch();
        while (!batch.state().isFinal()) {
            LockSupport.parkNanos(20_000_000);
            batch = halftone.batches().find(Owner.LOCAL, batch.id()).orElseThrow();
        }
        return batch;
    }

    private static double ownCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static double databaseCpu(Halftone halftone) {
        long pid = halftone.databasePid().orElseThrow();
        return ProcessHandle.of(pid).map(ProcessCpu::secondsOfTree).orElse(0.0);
    }

    /// Counts the CPU time that an engine takes on its thread.
    private record Timed(ImageEngine engine) implements ImageEngine {
        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public EngineResult run(
                SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try {
                return engine.run(source, pipeline, marks, limits);
            } finally {
                CODEC_NANOS.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
            }
        }
    }

    private record NoEngine() implements ImageEngine {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public EngineResult run(
                SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
            return new EngineResult.Encoded(
                    EncodedImage.of(ImageFormat.JPEG, new byte[] {-1, -40, -1, -39}, new PixelSize(1, 1)), false);
        }
    }
}
