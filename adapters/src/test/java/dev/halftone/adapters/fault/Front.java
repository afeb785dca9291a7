package dev.halftone.adapters.fault;

import dev.halftone.adapters.csv.CsvManifestReader;
import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.http.HalftoneServer;
import dev.halftone.adapters.http.HttpSettings;
import dev.halftone.adapters.http.MapObjectStore;
import dev.halftone.adapters.http.Readiness;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.WorkerNode;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.source.SourceReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// The API over a plant's database, and a client that notes how long it waited.
final class Front implements AutoCloseable {
    private static final URI PUBLIC = URI.create("https://images.example.test");

    private final HalftoneServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;

    /// An answer and how long it took.
    record Answer(String what, int status, String contentType, String retryAfter, String body, Duration took) {}

    Front(Plant plant, WorkerNode node, Path spool) {
        MapObjectStore objects = new MapObjectStore(PUBLIC);
        ManifestLimits limits = new ManifestLimits(64 << 20, 200_000, 10, 200_000);
        SourceReader sources = SourceReader.REMOTE;
        server = new HalftoneServer(
                        new HttpSettings("127.0.0.1", 0, 64 << 20, spool, Duration.ofSeconds(5)),
                        new HalftoneServer.Parts(
                                new SubmitBatch(
                                        new CsvManifestReader(sources), plant.batches, objects, limits, plant.random),
                                plant.batches,
                                new ExportBatch(
                                        plant.batches,
                                        objects,
                                        new CsvManifestWriter(sources, limits),
                                        key -> objects.publicUrl(key).toString()),
                                objects,
                                new Links(PUBLIC),
                                InstantSource.system(),
                                () -> new Readiness(node.troubles(), node.lastPoll()),
                                Database::isOutage))
                .start();
        address = URI.create("http://127.0.0.1:" + server.port());
    }

    Answer get(String path) {
        return send("GET " + path, HttpRequest.newBuilder(address.resolve(path)).GET());
    }

    Answer submit(String csv) {
        return send(
                "POST of " + csv.length() + " bytes",
                HttpRequest.newBuilder(address.resolve("/api/batches"))
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(csv)));
    }

    private Answer send(String what, HttpRequest.Builder request) {
        long began = System.nanoTime();
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    what,
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Retry-After").orElse(""),
                    response.body(),
                    Duration.ofNanos(System.nanoTime() - began));
        } catch (IOException | InterruptedException e) {
            return new Answer(what, 0, "", "", e.toString(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    static String csv(int rows) {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i).append(",P,https://img.example/").append(i).append(".jpg\n");
        }
        return csv.toString();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
