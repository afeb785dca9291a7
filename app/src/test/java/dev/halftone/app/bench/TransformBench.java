package dev.halftone.app.bench;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// `bench transform`: one JPEG to 300 pixels by URL, made anew each time and out of the cache, beside ipx; then 1,000
/// different transforms at once. Each server is pinned to one core, the client to another, where the machine has
/// `taskset`; the servers take turns, round by round.
final class TransformBench {
    private static final int WIDTH = 300;
    private static final Path ROOT = Path.of(System.getenv().getOrDefault("HALFTONE_ROOT", "."));

    private TransformBench() {}

    /// A server that is measured.
    private static final class Side implements AutoCloseable {
        private final String name;
        private final Process process;
        private final TransformLoad load;
        private final List<Measured> uncached = new ArrayList<>();
        private final List<Measured> cached = new ArrayList<>();
        private final IntFunction<String> distinct;
        private final IntFunction<String> same;
        private final AtomicInteger asked = new AtomicInteger();

        Side(String name, Process process, URI address, IntFunction<String> distinct, IntFunction<String> same) {
            this.name = name;
            this.process = process;
            this.load = new TransformLoad(address);
            this.distinct = distinct;
            this.same = same;
        }

        /// Another one each time, in all rounds together.
        String next() {
            return distinct.apply(asked.getAndIncrement());
        }

        Measured measure(int connections, double seconds, IntFunction<String> path) throws Exception {
            double before = ProcessCpu.secondsOfTree(process.toHandle());
            TransformLoad.Result result = load.closed(connections, seconds, path);
            double cpu = ProcessCpu.secondsOfTree(process.toHandle()) - before;
            return new Measured(result, cpu, ProcessCpu.rssMiB(process.pid(), "VmRSS"));
        }

        @Override
        public void close() throws Exception {
            process.getOutputStream().close();
            if (name.equals("ipx") || !process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroy();
            }
        }
    }

    private record Measured(TransformLoad.Result result, double cpuSeconds, long rssMiB) {
        double cpuMs() {
            return cpuSeconds * 1e3 / Math.max(1, result.nanos().size());
        }
    }

    static void main(String[] arguments) throws Exception {
        Arguments asked = Arguments.of(arguments)
                .only(Set.of(
                        "image", "peer", "rounds", "seconds", "connections", "cached-connections", "burst", "heap"));
        Path image = Path.of(asked.text(
                        "image",
                        ROOT.resolve("../shared/corpora/bench/jpeg/n40.jpg").toString()))
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(image)) {
            throw new IllegalArgumentException("there is no file " + image + "; name a JPEG with --image FILE");
        }
        Path work = Files.createTempDirectory("halftone-bench");
        Path peer = Path.of(asked.text("peer", ""));
        try (Side halftone = halftone(image, work.resolve("data"), asked.text("heap", "512m"))) {
            Optional<Side> ipx = asked.has("peer") ? Optional.of(ipx(peer, image, work)) : Optional.empty();
            try {
                List<Side> sides =
                        Stream.concat(Stream.of(halftone), ipx.stream()).toList();
                run(asked, image, sides);
            } finally {
                if (ipx.isPresent()) {
                    ipx.get().close();
                }
            }
        } finally {
            delete(work);
        }
    }

    private static void run(Arguments asked, Path image, List<Side> sides) throws Exception {
        int rounds = asked.number("rounds", 5);
        int seconds = asked.number("seconds", 6);
        int connections = asked.number("connections", 4);
        int cachedConnections = asked.number("cached-connections", 16);
        conditions(image, rounds, seconds, connections, cachedConnections);
        for (Side side : sides) {
            shown(side);
            side.load.closed(connections, seconds, number -> side.next());
            side.load.closed(cachedConnections, 2, side.same);
        }
        for (int round = 0; round < rounds; round++) {
            for (Side side : sides) {
                side.uncached.add(side.measure(connections, seconds, number -> side.next()));
            }
            for (Side side : sides) {
                side.cached.add(side.measure(cachedConnections, seconds, side.same));
            }
        }
        System.out.println("\n| | side | requests/s | p50 ms | p99 ms | CPU ms a request | RSS MiB |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|");
        sides.forEach(side -> row("uncached", side, side.uncached));
        sides.forEach(side -> row("cached", side, side.cached));
        if (sides.size() > 1) {
            ratio("uncached", sides.get(0).uncached, sides.get(1).uncached);
            ratio("cached", sides.get(0).cached, sides.get(1).cached);
        }
        for (Side side : sides) {
            burst(side, asked.number("burst", 1_000));
        }
    }

    private static void conditions(Path image, int rounds, int seconds, int connections, int cached)
            throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%s, %,d bytes, to w=%d q=75; Java %s; %d rounds of %d s by turns, %d connections (%d cached), load %s%n",
                image.getFileName(),
                Files.size(image),
                WIDTH,
                Runtime.version(),
                rounds,
                seconds,
                connections,
                cached,
                Files.readString(Path.of("/proc/loadavg")).strip());
    }

    private static void shown(Side side) throws IOException {
        TransformLoad.Answer answer = side.load.once(side.same.apply(0));
        var picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        System.out.printf(
                "%s answers %d with %d bytes, %s%n",
                side.name,
                answer.status(),
                answer.body().length,
                picture == null ? "no picture" : picture.getWidth() + "x" + picture.getHeight());
    }

    private static void row(String what, Side side, List<Measured> rounds) {
        List<Long> all = rounds.stream()
                .flatMap(round -> round.result().nanos().stream())
                .sorted()
                .toList();
        TransformLoad.Result together = new TransformLoad.Result(1, all, java.util.Map.of());
        long failed = rounds.stream()
                .flatMap(round -> round.result().statuses().entrySet().stream())
                .filter(status -> status.getKey() != 200)
                .mapToLong(java.util.Map.Entry::getValue)
                .sum();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s%s | %.1f | %.1f | %.1f | %.2f | %d |%n",
                what,
                side.name,
                failed == 0 ? "" : " (" + failed + " failed)",
                median(rounds.stream().map(round -> round.result().perSecond()).toList()),
                together.percentileMs(0.5),
                together.percentileMs(0.99),
                median(rounds.stream().map(Measured::cpuMs).toList()),
                rounds.getLast().rssMiB());
    }

    private static void ratio(String what, List<Measured> ours, List<Measured> theirs) {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %.2f times the requests/s, %.2f times less CPU a request%n",
                what,
                median(ours.stream().map(round -> round.result().perSecond()).toList())
                        / median(theirs.stream()
                                .map(round -> round.result().perSecond())
                                .toList()),
                median(theirs.stream().map(Measured::cpuMs).toList())
                        / median(ours.stream().map(Measured::cpuMs).toList()));
    }

    private static void burst(Side side, int requests) throws Exception {
        long before = ProcessCpu.rssMiB(side.process.pid(), "VmRSS");
        TransformLoad.Result result = side.load.burst(requests, number -> side.next());
        System.out.printf(
                Locale.ROOT,
                "%n%s, %,d different transforms at once: answers by status %s, %.1f s, p99 %.0f ms;"
                        + " RSS %d MiB before, at most %d MiB%n",
                side.name,
                requests,
                result.statuses(),
                result.seconds(),
                result.percentileMs(0.99),
                before,
                ProcessCpu.rssMiB(side.process.pid(), "VmHWM"));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    /// Another height of the box gives another key and the same work.
    private static Side halftone(Path image, Path data, String heap) throws IOException {
        Files.createDirectories(data);
        List<String> command = pinned();
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-XX:+UseParallelGC",
                "-Dhalftone.log.level=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                TransformServer.class.getName(),
                image.toString(),
                data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        URI address = URI.create(firstLine(process));
        String path = address.getPath();
        return new Side(
                "Halftone",
                process,
                address,
                number ->
                        path + "?w=" + WIDTH + "&h=" + (1_000 + number % 7_000) + "&max-h=" + (1_000 + number / 7_000),
                number -> path + "?w=" + WIDTH);
    }

    private static Side ipx(Path peer, Path image, Path work) throws IOException {
        if (!Files.exists(peer.resolve("ipx-server.mjs")) || !Files.isDirectory(peer.resolve("node_modules/ipx"))) {
            throw new IllegalArgumentException("--peer " + peer
                    + " needs ipx-server.mjs and its packages: copy the peers' folder there and run npm install");
        }
        Path folder = Files.createDirectories(work.resolve("ipx"));
        Files.copy(image, folder.resolve("photo.jpg"));
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> command = pinned();
        command.addAll(List.of("node", "ipx-server.mjs", folder.toString(), Integer.toString(port)));
        Process process = new ProcessBuilder(command)
                .directory(peer.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        firstLine(process);
        IntFunction<String> path = number -> "/w_" + WIDTH + ",q_75/photo.jpg";
        return new Side("ipx", process, URI.create("http://127.0.0.1:" + port), path, path);
    }

    /// The first core is the servers'; the client runs on the others.
    private static List<String> pinned() throws IOException {
        try {
            boolean there = new ProcessBuilder(
                                    "taskset",
                                    "-pc",
                                    "1-63",
                                    Long.toString(ProcessHandle.current().pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            return new ArrayList<>(there ? List.of("taskset", "-c", "0") : List.of());
        } catch (IOException missing) {
            return new ArrayList<>();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the server did not start");
        }
        return line;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
