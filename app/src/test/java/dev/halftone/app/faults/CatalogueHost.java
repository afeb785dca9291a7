package dev.halftone.app.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.halftone.app.journey.Pictures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// An image host on loopback with any number of pictures, `/NAME/INDEX.jpg`, that counts who asks for what. Of
/// a hundred indices ten are faulty: three 404, three cut files, two pages of HTML, and two that answer 503 the
/// first time.
final class CatalogueHost implements AutoCloseable {
    private static final int KINDS = 16;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[][] pictures = new byte[KINDS][];
    private final boolean faults;
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, AtomicInteger> gets = new ConcurrentHashMap<>();
    private volatile Consumer<Served> watcher = served -> {};

    /// A request for a picture as it goes on.
    ///
    /// @param number of the request since [#watch]
    record Served(int number, CrashPoint.ImageMoment moment) {}

    CatalogueHost(boolean faults) throws IOException {
        this.faults = faults;
        for (int i = 0; i < KINDS; i++) {
            pictures[i] = Pictures.jpeg(64, 48, i);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String name, int index) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/" + index + ".jpg";
    }

    /// Whether the item of that index ends with an output.
    boolean isGood(int index) {
        return !faults || index % 100 >= 8;
    }

    void watch(Consumer<Served> served) {
        asked.set(0);
        watcher = served;
    }

    int asked() {
        return asked.get();
    }

    /// How many requests were made beyond those that the host's own refusals call for.
    int repeated(String name, int items) {
        int repeated = 0;
        for (int i = 0; i < items; i++) {
            AtomicInteger count = gets.get("/" + name + "/" + i + ".jpg");
            int due = refusesAtFirst(i) ? 2 : 1;
            repeated += Math.max(0, (count == null ? 0 : count.get()) - due);
        }
        return repeated;
    }

    private boolean refusesAtFirst(int index) {
        return faults && index % 100 >= 8 && index % 100 < 10;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int number = asked.incrementAndGet();
            int count = gets.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
            watcher.accept(new Served(number, CrashPoint.ImageMoment.ASKED));
            int index = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1, path.length() - ".jpg".length()));
            int kind = faults ? index % 100 : 99;
            if (kind < 3) {
                exchange.sendResponseHeaders(404, -1);
            } else if (kind >= 8 && kind < 10 && count == 1) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                send(exchange, body(kind, index), number);
            }
        }
    }

    private byte[] body(int kind, int index) {
        byte[] picture = pictures[index % KINDS];
        if (kind >= 8) {
            return picture;
        }
        return kind < 6
                ? java.util.Arrays.copyOf(picture, 300)
                : "<!doctype html><title>no picture</title>".getBytes(StandardCharsets.UTF_8);
    }

    private void send(HttpExchange exchange, byte[] body, int number) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body, 0, body.length / 2);
            out.flush();
            watcher.accept(new Served(number, CrashPoint.ImageMoment.HALF_SENT));
            out.write(body, body.length / 2, body.length - body.length / 2);
        }
        watcher.accept(new Served(number, CrashPoint.ImageMoment.SENT));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
