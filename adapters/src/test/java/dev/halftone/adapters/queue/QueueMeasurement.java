package dev.halftone.adapters.queue;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Measures how long a large batch takes to be stored and to be run by workers that do nothing, and what CPU time
/// that costs this process (the server's own comes on top). Run its `main`; the first argument is the number of
/// rows.
final class QueueMeasurement {
    private QueueMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        boolean nodes = arguments.length < 2 || !arguments[1].equals("submit-only");
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        try (Plant plant = new Plant()) {
            plant.submit(1_000);
            AtomicLong peak = new AtomicLong();
            long begun = System.nanoTime();
            BatchId id = plant.submit(BatchOptions.DEFAULT, rows, i -> {
                if (i % 20_000 == 0) {
                    Runtime runtime = Runtime.getRuntime();
                    peak.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                }
                return List.of(
                        "https://images.example/catalogue/2026/spring/product-" + i % (rows * 9 / 10) + "-front.jpg");
            });
            out.printf("submit %,d rows: %.1f s, heap in use at most %d MB%n", rows, seconds(begun), peak.get() >> 20);
            long walk = System.nanoTime();
            try (var results = plant.batches.results(Owner.LOCAL, id)) {
                for (int i = 0; i < rows; i++) {
                    results.row(i);
                }
            }
            out.printf("walk the results: %.1f s%n", seconds(walk));
            if (!nodes) {
                return;
            }
            long cpu = cpu();
            long run = System.nanoTime();
            plant.node((item, compression) -> Plant.delivered(item), NodeSettings.of("bench"));
            Batch batch = org.awaitility.Awaitility.await()
                    .atMost(Duration.ofMinutes(20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(
                            () -> plant.batches.find(Owner.LOCAL, id).orElseThrow(),
                            found -> found.state().isFinal());
            double took = seconds(run);
            out.printf(
                    "run: %.1f s, %,.0f items/s, %.0f us of CPU an item; %s%n",
                    took, rows / took, (cpu() - cpu) / 1e3 / rows, batch.progress());
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
