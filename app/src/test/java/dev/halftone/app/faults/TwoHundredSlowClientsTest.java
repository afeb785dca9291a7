package dev.halftone.app.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.app.journey.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two hundred clients that dribble, as slowhttptest's -H and -B do, against the program in its own process
/// with the limits that it has by default; each comes again when it is ended. Four others work meanwhile.
@Tag("faults")
class TwoHundredSlowClientsTest {
    private static final int SLOW = 200;
    private static final int OTHERS = 4;
    private static final Duration ALONE = Duration.ofSeconds(20);
    private static final Duration BESIDE = Duration.ofSeconds(60);
    private static final Duration BYTE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch pause = new CountDownLatch(1);
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    @Test
    void theOthersAreAnsweredAsEver() throws Exception {
        try (Program program = Program.start(
                        folder,
                        Map.of(
                                "HALFTONE_PORT",
                                "0",
                                "HALFTONE_DATA_DIR",
                                folder.resolve("data").toString()),
                        "serve");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            URI service = URI.create(program.awaitAddress());
            work(service, ALONE, threads);
            List<Double> alone = work(service, ALONE, threads);
            for (int i = 0; i < SLOW; i++) {
                boolean headers = i % 2 == 0;
                threads.submit(() -> dribble(service.getPort(), headers));
            }
            List<Double> beside = work(service, BESIDE, threads);
            over.countDown();
            List<Double> after = work(service, ALONE, threads);

            tell("alone", alone);
            tell("beside %d slow ones".formatted(most.get()), beside);
            tell("after them", after);
            tell("%d slow connections in %d s, of which %d were told 408"
                    .formatted(connected.get(), BESIDE.toSeconds(), told.get()));
            // Not all are there in the same moment: who is ended comes again.
            assertThat(most.get()).isGreaterThan(SLOW * 9 / 10);
            assertThat(told.get()).isGreaterThan(SLOW);
            assertThat(at(beside, 0.95)).isLessThanOrEqualTo(2 * Math.max(at(alone, 0.95), at(after, 0.95)));
        }
    }

    /// What people do: look at pages, ask for a status, have a CSV checked. In milliseconds.
    private List<Double> work(URI service, Duration time, ExecutorService threads) throws Exception {
        Queue<Double> took = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + time.toNanos();
        String csv = "S. No.,Product Name,Input Image Urls\n" + "1,P,https://shop.example/a.jpg\n".repeat(50);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            running.add(threads.submit(() -> {
                try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
                    for (int n = 0; System.nanoTime() < end; n++) {
                        HttpRequest.Builder request = switch (n % 3) {
                            case 0 -> HttpRequest.newBuilder(service.resolve("/batches"));
                            case 1 -> HttpRequest.newBuilder(service.resolve("/api/batches?limit=5"));
                            default ->
                                HttpRequest.newBuilder(service.resolve("/api/batches?dryRun=true"))
                                        .header("Content-Type", "text/csv")
                                        .POST(HttpRequest.BodyPublishers.ofString(csv));
                        };
                        long began = System.nanoTime();
                        HttpResponse<String> answer =
                                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                        took.add((System.nanoTime() - began) / 1e6);
                        assertThat(answer.statusCode()).isEqualTo(200);
                        pause.await(20, TimeUnit.MILLISECONDS);
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        return took.stream().sorted().toList();
    }

    private void dribble(int port, boolean headers) {
        String start = headers
                ? "GET /api/batches HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
                : "POST /api/batches HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 100000\r\n\r\n";
        while (over.getCount() > 0) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                connected.incrementAndGet();
                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                socket.setSoTimeout((int) BYTE.toMillis());
                socket.getOutputStream().write(start.getBytes(US_ASCII));
                until408(socket);
            } catch (IOException ended) {
                // It comes again.
            } finally {
                open.decrementAndGet();
            }
        }
    }

    /// A byte each time that nothing has been heard for five seconds.
    private void until408(Socket socket) throws IOException {
        byte[] heard = new byte[4096];
        InputStream in = socket.getInputStream();
        while (over.getCount() > 0) {
            try {
                int got = in.read(heard);
                if (got > 12 && new String(heard, 0, got, US_ASCII).startsWith("HTTP/1.1 408")) {
                    told.incrementAndGet();
                }
                return;
            } catch (SocketTimeoutException silence) {
                socket.getOutputStream().write('x');
            }
        }
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    private static void tell(String what, List<Double> took) throws IOException {
        tell("%s: %d requests, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, slowest %.1f ms"
                .formatted(what, took.size(), at(took, 0.5), at(took, 0.95), at(took, 0.99), took.getLast()));
    }

    private static void tell(String line) throws IOException {
        Files.writeString(
                Files.createDirectories(Path.of("target/faults")).resolve("slow-clients.txt"),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
