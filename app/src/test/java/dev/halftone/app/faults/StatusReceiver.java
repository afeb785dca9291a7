package dev.halftone.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A webhook receiver that asks for the batch's status before it answers: who is told that a batch has ended
/// must find it ended.
final class StatusReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private volatile Consumer<Boolean> watcher = answered -> {};

    /// A message that came in.
    ///
    /// @param seen the status that the API gave at that moment
    record Told(String id, String batch, String type, String seen) {}

    StatusReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /// Is called with `false` when a message is there and with `true` when the answer is out.
    void watch(Consumer<Boolean> answered) {
        watcher = answered;
    }

    List<Told> told(String batch) {
        return told.stream().filter(each -> each.batch().equals(batch)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody());
            String batch = event.at("/data/requestId").asText();
            told.add(new Told(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    batch,
                    event.get("type").asText(),
                    status(event.at("/data/links/self").asText())));
            watcher.accept(false);
            exchange.sendResponseHeaders(204, -1);
        }
        watcher.accept(true);
    }

    private String status(String url) {
        try {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body()).path("status").asText();
        } catch (IOException gone) {
            return "unreachable";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unreachable";
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
