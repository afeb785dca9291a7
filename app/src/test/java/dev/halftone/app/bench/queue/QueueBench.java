package dev.halftone.app.bench.queue;

import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.app.bench.Arguments;
import dev.halftone.app.bench.ProcessCpu;
import dev.halftone.domain.batch.BatchId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/// `./halftone bench queue`: what claiming, marking, writing results and chaining slices costs when the work
/// itself is nothing. Each node is a process of its own; PostgreSQL is the embedded one, with its durable
/// settings.
public final class QueueBench {
    /// Enough for a node's compiler to be done.
    private static final int WARM_UP = 400_000;

    private final QueueServer server;
    private final int items;

    private QueueBench(QueueServer server, int items) {
        this.server = server;
        this.items = items;
    }

    public static void main(String[] arguments) throws Exception {
        Arguments asked = Arguments.of(arguments).only(Set.of("items", "nodes", "batches", "rounds", "finished"));
        int finished = asked.number("finished", 5_000_000);
        Path folder = Files.createTempDirectory("halftone-bench");
        try (QueueServer server = new QueueServer(folder)) {
            QueueBench bench = new QueueBench(server, asked.number("items", 200_000));
            int rounds = asked.number("rounds", 3);
            List<String> batches = asked.list("batches", List.of("4", "1"));
            OptionalDouble alone = OptionalDouble.empty();
            for (String nodes : asked.list("nodes", List.of("1", "2", "4"))) {
                for (String together : batches) {
                    double median = bench.measure(Integer.parseInt(nodes), Integer.parseInt(together), rounds, "");
                    if (nodes.equals("1") && together.equals(batches.getFirst())) {
                        alone = OptionalDouble.of(median);
                    }
                }
            }
            if (finished > 0) {
                BatchId whole = bench.finishedBatch();
                server.repeat(whole, finished);
                String condition = String.format(Locale.ROOT, ", %,d finished items", finished);
                double beside = bench.measure(1, Integer.parseInt(batches.getFirst()), rounds, condition);
                alone.ifPresent(rate -> System.out.printf(
                        Locale.ROOT, "beside finished items: %.2f of the rate without%n", beside / rate));
            }
        } finally {
            delete(folder);
        }
    }

    private BatchId finishedBatch() throws Exception {
        List<Process> processes = nodes(1);
        try {
            BatchId whole = server.submit(QueueServer.copies());
            server.awaitEnd(whole);
            return whole;
        } finally {
            end(processes);
        }
    }

    /// @return items per second in the median round
    private double measure(int count, int batches, int rounds, String beside) throws Exception {
        List<Process> processes = nodes(count);
        try {
            submit(count, WARM_UP).forEach(server::awaitEnd);
            List<Double> rates = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                List<BatchId> submitted = submit(batches, items / batches);
                double nodesBefore = cpu(processes);
                double postgresBefore = postgresCpu();
                long begun = System.nanoTime();
                submitted.forEach(server::awaitEnd);
                double seconds = (System.nanoTime() - begun) / 1e9;
                rates.add(items / seconds);
                System.out.printf(
                        Locale.ROOT,
                        "%d nodes, %d batches%s, round %d: %,.0f items/s (%,d in %.1f s), CPU an item: nodes %.1f us, PostgreSQL %.1f us%n",
                        count,
                        batches,
                        beside,
                        round,
                        items / seconds,
                        items,
                        seconds,
                        (cpu(processes) - nodesBefore) * 1e6 / items,
                        (postgresCpu() - postgresBefore) * 1e6 / items);
            }
            return rates.stream().sorted().toList().get(rates.size() / 2);
        } finally {
            end(processes);
        }
    }

    private List<BatchId> submit(int batches, int each) throws Exception {
        List<BatchId> submitted = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            submitted.add(server.submit(each));
        }
        return submitted;
    }

    private List<Process> nodes(int count) throws Exception {
        PostgresSettings settings = server.settings();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseParallelGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            IdleNode.class.getName(),
                            settings.url(),
                            settings.user().orElseThrow(),
                            settings.password().orElseThrow())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        for (Process process : processes) {
            if (!"ready".equals(process.inputReader().readLine())) {
                end(processes);
                throw new IOException("a node did not start");
            }
        }
        return processes;
    }

    private static void end(List<Process> processes) throws Exception {
        for (Process process : processes) {
            process.getOutputStream().close();
        }
        for (Process process : processes) {
            process.waitFor();
        }
    }

    private static double cpu(List<Process> processes) {
        return processes.stream()
                .mapToDouble(process -> ProcessCpu.secondsOfTree(process.toHandle()))
                .sum();
    }

    private double postgresCpu() {
        return ProcessHandle.of(server.pid()).map(ProcessCpu::secondsOfTree).orElse(0.0);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
