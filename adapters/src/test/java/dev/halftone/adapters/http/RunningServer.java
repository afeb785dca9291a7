package dev.halftone.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.adapters.http.access.Door;
import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.InMemoryBatchStore;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestReader;
import dev.halftone.domain.manifest.ManifestWriter;
import dev.halftone.domain.storage.ObjectKey;
import io.javalin.config.RoutesConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The real server on a port of its own over ports in memory, and a client that speaks to it.
final class RunningServer implements AutoCloseable {
    static final URI PUBLIC = URI.create("https://images.example.test");
    static final int MAX_CSV = 64 << 10;
    static final String CSV = """
            S. No.,Product Name,Input Image Urls
            1,SKU1,https://shop.example/a.jpg https://shop.example/b.jpg
            2,SKU2,https://shop.example/c.png
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00.123Z"));
    final InstantSource clock = now::get;
    final InMemoryBatchStore batches = new InMemoryBatchStore(clock);
    final MapObjectStore objects = new MapObjectStore(PUBLIC);
    final List<String> notReady = new CopyOnWriteArrayList<>();
    final Path spool;
    final HalftoneServer server;
    final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// Stands for what a database driver throws.
    static final class Outage extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What a server is held to, and what reads and writes its CSVs.
    record Setup(ClientLimits clients, ManifestReader reader, ManifestWriter writer, ManifestLimits limits, Door door) {
        static final Setup PLAIN = of(ClientLimits.DEFAULT);

        static Setup of(ClientLimits clients) {
            LineManifest manifest = new LineManifest();
            return new Setup(clients, manifest, manifest, new ManifestLimits(MAX_CSV, 1_000, 10, 1_000), Door.OPEN);
        }

        Setup behind(Door other) {
            return new Setup(clients, reader, writer, limits, other);
        }
    }

    /// @param more further routes, as the server takes them
    @SafeVarargs
    RunningServer(Consumer<RoutesConfig>... more) {
        this(Setup.PLAIN, more);
    }

    @SafeVarargs
    RunningServer(Setup setup, Consumer<RoutesConfig>... more) {
        try {
            spool = Files.createTempDirectory("halftone-spool");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = new HalftoneServer(
                        new HttpSettings(
                                "127.0.0.1",
                                0,
                                setup.limits().maxBytes(),
                                spool,
                                Duration.ofSeconds(5),
                                setup.clients()),
                        new HalftoneServer.Parts(
                                new SubmitBatch(setup.reader(), batches, objects, setup.limits(), new Random(7)),
                                batches,
                                new ExportBatch(
                                        batches,
                                        objects,
                                        setup.writer(),
                                        key -> objects.publicUrl(key).toString()),
                                objects,
                                new Links(PUBLIC),
                                clock,
                                () -> new Readiness(notReady, Optional.of(now.get())),
                                e -> e instanceof Outage,
                                setup.door()),
                        more)
                .start();
        address = URI.create("http://127.0.0.1:" + server.port());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        return send(request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> postCsv(String path, String csv, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        if (!List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "text/csv");
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(csv)));
    }

    /// Without saying how long the body is.
    HttpResponse<String> postStream(String path, byte[] body, String... headers) {
        return send(request(path, headers)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    HttpResponse<String> postForm(String path, Form form, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "multipart/form-data; boundary=" + Form.BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(form.text())));
    }

    HttpResponse<byte[]> getBytes(String path, String... headers) {
        try {
            return client.send(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Submits the usual CSV: SKU1 with two images, SKU2 with one.
    BatchId submitted(String query) {
        return BatchId.of(
                json(postCsv("/api/batches" + query, CSV)).get("requestId").asText());
    }

    BatchId submitted() {
        return submitted("");
    }

    /// Ends an item well, with an output in the store.
    void complete(BatchId id, int ordinal, String outcome) {
        ObjectKey key = new ObjectKey("batches/" + id + "/%06d-001.jpg".formatted(ordinal + 1));
        objects.put(key, "picture".getBytes(UTF_8), "image/jpeg");
        batches.complete(
                id,
                ordinal,
                new ItemView.Delivered(
                        outcome,
                        key,
                        "image/jpeg",
                        new PixelSize(800, 600),
                        100_000,
                        outcome.equals("compressed") ? 40_000 : 100_000,
                        outcome.equals("compressed") ? List.of() : List.of("animated: kept as it is"),
                        List.of()));
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        try {
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            throw new UncheckedIOException("uploads were left behind", e);
        }
    }
}
