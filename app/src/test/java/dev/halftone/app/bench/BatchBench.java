package dev.halftone.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A whole batch: image URLs on a local server, download, quality 50, durable store. Beside it, with `--peer DIR` (a
/// folder with `bull-batch.mjs` and its packages), BullMQ and sharp on the same URLs; the peer needs a Redis on
/// 127.0.0.1:6379.
final class BatchBench {
    private static final int WARM_UP = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchBench() {}

    static void main(String[] arguments) throws Exception {
        Arguments asked = Arguments.of(arguments);
        Path root = Path.of(System.getenv().getOrDefault("HALFTONE_ROOT", "."));
        Path images = Path.of(asked.text(
                        "images", root.resolve("../shared/corpora/bench").toString()))
                .normalize();
        if (!Files.isDirectory(images)) {
            System.err.println("there is no folder " + images + "; name one with --images DIR");
            System.exit(2);
        }
        int items = asked.number("items", 2_000);
        Path work = Files.createTempDirectory("halftone-bench");
        Process server = new ProcessBuilder(java("-Xmx512m", ImageServer.class.getName(), images.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader out = server.inputReader();
            int port = Integer.parseInt(out.readLine());
            List<String> urls = urls(images, port, items);
            Path csv = csv(work.resolve("run.csv"), urls);
            Path warmUp = csv(work.resolve("warm-up.csv"), urls(images, port, WARM_UP));
            String format = asked.text("format", "keep");
            System.out.printf("%d items over %s, format=%s, -Xmx512m%n", items, images, format);
            JsonNode full = measured(warmUp, csv, work.resolve("data"), "full", format);
            report("Halftone", full);
            Path bareCsv = csv(work.resolve("bare.csv"), urls(images, port, 20_000));
            JsonNode bare = measured(bareCsv, bareCsv, work.resolve("bare-data"), "bare", format);
            double each = (bare.get("cpuSeconds").asDouble()
                            + bare.get("postgresCpuSeconds").asDouble())
                    * 1000
                    / bare.get("images").asDouble();
            System.out.printf(
                    Locale.ROOT,
                    "neither download nor codec: %.2f ms CPU an image (Halftone %.2f, PostgreSQL %.2f), %.0f items/s%n",
                    each,
                    bare.get("cpuSeconds").asDouble()
                            * 1000
                            / bare.get("images").asDouble(),
                    bare.get("postgresCpuSeconds").asDouble()
                            * 1000
                            / bare.get("images").asDouble(),
                    bare.get("imagesPerSecond").asDouble());
            if (!asked.text("peer", "").isEmpty()) {
                JsonNode peer = peer(Path.of(asked.text("peer", "")), work, urls);
                report("BullMQ + sharp", peer);
                System.out.printf(
                        Locale.ROOT,
                        "images/s, Halftone over peer: %.2f%n",
                        full.get("imagesPerSecond").asDouble()
                                / peer.get("imagesPerSecond").asDouble());
            }
        } finally {
            server.destroy();
            delete(work);
        }
    }

    private static List<String> urls(Path images, int port, int items) throws IOException {
        List<String> paths = List.copyOf(ImageServer.images(images).keySet());
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            urls.add("http://127.0.0.1:" + port + "/" + paths.get(i % paths.size()) + "?n=" + i);
        }
        return urls;
    }

    private static Path csv(Path file, List<String> urls) throws IOException {
        StringBuilder text = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < urls.size(); i++) {
            text.append(i + 1)
                    .append(",P")
                    .append(i + 1)
                    .append(',')
                    .append(urls.get(i))
                    .append('\n');
        }
        return Files.writeString(file, text);
    }

    private static JsonNode measured(Path warmUp, Path csv, Path data, String mode, String format) throws Exception {
        Files.createDirectories(data);
        return lastLine(new ProcessBuilder(java(
                "-Xmx512m",
                BatchRun.class.getName(),
                warmUp.toString(),
                csv.toString(),
                data.toString(),
                mode,
                format)));
    }

    private static JsonNode peer(Path folder, Path work, List<String> urls) throws Exception {
        Path list = Files.write(work.resolve("urls.txt"), urls);
        return lastLine(new ProcessBuilder(
                        "node",
                        "bull-batch.mjs",
                        list.toString(),
                        work.resolve("peer").toString())
                .directory(folder.toFile()));
    }

    private static JsonNode lastLine(ProcessBuilder command) throws Exception {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String last = "";
        for (String line = process.inputReader().readLine();
                line != null;
                line = process.inputReader().readLine()) {
            last = line;
        }
        if (process.waitFor() != 0) {
            throw new IOException("the measured process ended with " + process.exitValue());
        }
        return JSON.readTree(last);
    }

    private static void report(String name, JsonNode figures) {
        double images = figures.get("images").asDouble();
        System.out.printf(
                Locale.ROOT,
                "%-15s %6.1f images/s  %.1f s  %d failed  CPU %.1f ms an image",
                name,
                figures.get("imagesPerSecond").asDouble(),
                figures.get("seconds").asDouble(),
                figures.get("failed").asInt(),
                figures.get("cpuSeconds").asDouble() * 1000 / images);
        if (figures.has("codecCpuSeconds")) {
            System.out.printf(
                    Locale.ROOT,
                    " (codec %.1f, rest and download %.1f) + PostgreSQL %.2f  peak RSS %d MiB  %.1f -> %.1f MB%n",
                    figures.get("codecCpuSeconds").asDouble() * 1000 / images,
                    (figures.get("cpuSeconds").asDouble()
                                    - figures.get("codecCpuSeconds").asDouble())
                            * 1000
                            / images,
                    figures.get("postgresCpuSeconds").asDouble() * 1000 / images,
                    figures.get("peakRssMiB").asInt(),
                    figures.get("bytesIn").asDouble() / 1e6,
                    figures.get("bytesOut").asDouble() / 1e6);
        } else {
            System.out.printf("  peak RSS %d MiB%n", figures.get("rssMiB").asInt());
        }
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path")));
        for (String argument : arguments) {
            command.add(argument.startsWith("-Xmx") ? 1 : command.size(), argument);
        }
        return command;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
