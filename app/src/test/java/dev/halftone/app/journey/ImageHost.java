package dev.halftone.app.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A real image host on loopback, with faults by path: `/status/404`, `/html`, `/truncated.jpg`, `/redirect?to=…`,
/// `/flaky/N/…` (fails N times first), `/gate/…`, which answers only once the gate is open, and `/slow/N/…`, which
/// takes N milliseconds.
public final class ImageHost implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Queue<Hook> hooks = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /// A webhook that came in.
    public record Hook(String id, String timestamp, String signature, String body) {}

    public ImageHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public void put(String path, byte[] image) {
        images.put(path, image);
    }

    public int requests(String path) {
        return requests.getOrDefault(path, new AtomicInteger()).get();
    }

    public int requests() {
        return requests.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /// The most that was asked of one path.
    int mostRequests() {
        return requests.values().stream().mapToInt(AtomicInteger::get).max().orElse(0);
    }

    public Queue<Hook> hooks() {
        return hooks;
    }

    public void closeGate() {
        gate = new CountDownLatch(1);
    }

    public void openGate() {
        gate.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int count =
                    requests.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
            if (path.startsWith("/hook")) {
                receive(exchange, path.startsWith("/hook/refuse/") && count <= Integer.parseInt(path.split("/")[3]));
            } else if (path.startsWith("/status/")) {
                exchange.sendResponseHeaders(Integer.parseInt(path.substring("/status/".length())), -1);
            } else if (path.equals("/html")) {
                send(
                        exchange,
                        "<!doctype html><title>no image</title>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            } else if (path.equals("/redirect")) {
                exchange.getResponseHeaders()
                        .add("Location", exchange.getRequestURI().getQuery().substring("to=".length()));
                exchange.sendResponseHeaders(302, -1);
            } else if (path.startsWith("/flaky/") && count <= Integer.parseInt(path.split("/")[2])) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                sendImage(exchange, path);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendImage(HttpExchange exchange, String path) throws IOException, InterruptedException {
        if (path.startsWith("/gate/")) {
            gate.await();
        }
        if (path.startsWith("/slow/")) {
            TimeUnit.MILLISECONDS.sleep(Long.parseLong(path.split("/")[2]));
        }
        byte[] image = images.get(path);
        if (image == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            send(exchange, image);
        }
    }

    private void receive(HttpExchange exchange, boolean refuse) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        hooks.add(new Hook(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body));
        exchange.sendResponseHeaders(refuse ? 503 : 204, -1);
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
