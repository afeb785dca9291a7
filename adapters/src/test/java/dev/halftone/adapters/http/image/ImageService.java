package dev.halftone.adapters.http.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.adapters.csv.CsvManifestReader;
import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.http.HalftoneServer;
import dev.halftone.adapters.http.HttpSettings;
import dev.halftone.adapters.http.MapObjectStore;
import dev.halftone.adapters.http.Readiness;
import dev.halftone.adapters.http.json.JsonEventBodies;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.inspect.PictureInspector;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.adapters.imaging.tesseract.TesseractTextRecognition;
import dev.halftone.adapters.imaging.vips.VipsHeaders;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiBatchStore;
import dev.halftone.adapters.postgres.TestPostgres;
import dev.halftone.adapters.postgres.image.JdbiAssetStore;
import dev.halftone.adapters.postgres.image.JdbiFactStore;
import dev.halftone.adapters.postgres.image.JdbiJobStore;
import dev.halftone.adapters.postgres.image.JdbiLookStore;
import dev.halftone.adapters.postgres.image.JdbiVariantStore;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.WorkerNode;
import dev.halftone.adapters.work.FairTurns;
import dev.halftone.domain.asset.DeleteImage;
import dev.halftone.domain.asset.DescribeImage;
import dev.halftone.domain.asset.OpenAsset;
import dev.halftone.domain.asset.UploadImage;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.WebhookMessage;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.item.MakeRenditions;
import dev.halftone.domain.item.ProcessItem;
import dev.halftone.domain.job.ProcessImage;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.OpenImage;
import dev.halftone.domain.source.SourceReader;
import dev.halftone.domain.text.ReadText;
import dev.halftone.domain.variant.MakeVariant;
import dev.halftone.domain.variant.RunPipeline;
import dev.halftone.domain.variant.cached.PurgeVariants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/// The service with its real engines, database, queue and server, and a client that speaks to it. Operations on
/// pixels are made up: their result has the right size and the source's bytes.
public final class ImageService implements AutoCloseable {
    static final URI PUBLIC = URI.create("https://images.example.test");
    static final ImageLimits LIMITS = ImageLimits.DEFAULT.withMaxBytes(2 << 20);
    private static final ObjectMapper JSON = new ObjectMapper();

    final SecureRandom random = new SecureRandom();
    final MapObjectStore objects = new MapObjectStore(PUBLIC);
    final AtomicInteger made = new AtomicInteger();
    /// Runs before an engine on operations makes something; may keep it waiting.
    final AtomicReference<Runnable> beforeMade = new AtomicReference<>(() -> {});
    final Queue<WebhookMessage> told = new ConcurrentLinkedQueue<>();
    final Map<String, byte[]> web = new ConcurrentHashMap<>();
    final Database database;
    final URI address;
    private final FairTurns turns = new FairTurns(1, 1L << 30);
    final Path spool;
    private final HalftoneServer server;
    private final DbSchedulerQueue queue;
    private final JdbiBatchStore batches;
    private final JdbiJobStore jobs;
    private final MakeVariant make;
    private final Downloader downloader;
    private final EngineChain engines;
    private final Links links = new Links(PUBLIC);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final java.util.List<WorkerNode> nodes = new java.util.ArrayList<>();

    public ImageService() throws Exception {
        this("off");
    }

    /// @param tesseract where it is looked for: `auto`, `off`, or the program's file
    public ImageService(String tesseract) throws Exception {
        database = Database.open(TestPostgres.freshDatabase());
        spool = Files.createTempDirectory("halftone-spool");
        queue = new DbSchedulerQueue(database, random);
        batches = new JdbiBatchStore(database, queue, random);
        jobs = new JdbiJobStore(database, queue, queue, random);
        JdbiAssetStore assets = new JdbiAssetStore(database);
        JdbiFactStore facts = new JdbiFactStore(database);
        JdbiVariantStore variants = new JdbiVariantStore(database);
        OpenAsset open = new OpenAsset(assets, objects);
        PictureInspector inspector = new PictureInspector();
        ContainerOriginalKeeper originals = new ContainerOriginalKeeper();
        engines = new EngineChain(
                List.of(new MadeUp(), new JpegTranscodeEngine(), new AwtEngine()), originals, System::nanoTime);
        make = new MakeVariant(open, variants, objects, turns, engines, LIMITS);
        downloader = (url, limits) -> {
            byte[] bytes = web.get(url.toString());
            if (bytes == null) {
                throw HalftoneException.of(FailureCode.BLOCKED_ADDRESS, "not a public address");
            }
            return bytes;
        };
        ManifestLimits manifest = new ManifestLimits(4 << 20, 1_000, 10, 1_000);
        server = new HalftoneServer(
                        new HttpSettings("127.0.0.1", 0, 4 << 20, spool, Duration.ofSeconds(5)),
                        new HalftoneServer.Parts(
                                new SubmitBatch(
                                        new CsvManifestReader(SourceReader.REMOTE), batches, objects, manifest, random),
                                batches,
                                new ExportBatch(
                                        batches,
                                        objects,
                                        new CsvManifestWriter(SourceReader.REMOTE, manifest),
                                        key -> objects.publicUrl(key).toString()),
                                objects,
                                links,
                                InstantSource.system(),
                                () -> new Readiness(List.of(), Optional.empty()),
                                Database::isOutage),
                        new ImageParts(
                                new UploadImage(
                                        assets,
                                        facts,
                                        objects,
                                        inspector,
                                        turns,
                                        LIMITS,
                                        random,
                                        InstantSource.system()),
                                new DescribeImage(assets, facts, open, inspector, turns, LIMITS),
                                new DeleteImage(assets, variants, objects, PurgeVariants.NONE),
                                open,
                                facts,
                                batches,
                                new JdbiLookStore(database),
                                new ProcessImage(assets, make, jobs, random),
                                new RunPipeline(turns, engines, LIMITS),
                                new ReadText(
                                        assets,
                                        open,
                                        new TesseractTextRecognition(tesseract, System.getenv()),
                                        turns,
                                        new EngineChain(List.of(new AwtEngine()), originals, System::nanoTime),
                                        LIMITS),
                                jobs,
                                originals,
                                new OpenImage(downloader, LIMITS),
                                objects,
                                links,
                                LIMITS))
                .start();
        address = URI.create("http://127.0.0.1:" + server.port());
    }

    /// Begins to run jobs.
    void work() {
        WorkerNode node = new WorkerNode(
                database,
                queue,
                new ProcessItem(
                        new OpenImage(downloader, LIMITS),
                        turns,
                        engines,
                        new MakeRenditions(engines, new VipsHeaders("off"), LIMITS),
                        objects,
                        LIMITS,
                        new PictureInspector())::process,
                make::make,
                new JsonEventBodies(
                        jobs::ofAnyone, links, key -> objects.publicUrl(key).toString()),
                message -> {
                    told.add(message);
                    return new DeliveryResult.Accepted(200);
                },
                Plant.quick(),
                List.of(),
                random);
        nodes.add(node);
        node.start();
    }

    private final class MadeUp implements ImageEngine {
        @Override
        public String name() {
            return "made-up";
        }

        @Override
        public EngineResult run(
                SourceImage source, Pipeline pipeline, Map<String, SourceImage> marks, ImageLimits limits) {
            made.incrementAndGet();
            if (!pipeline.changesPicture()) {
                return new EngineResult.Declined("no operations");
            }
            beforeMade.get().run();
            if (!marks.keySet().equals(pipeline.marks())) {
                throw new IllegalStateException("marks are missing");
            }
            if (pipeline.operations().stream().anyMatch(Operation.Trim.class::isInstance)) {
                throw HalftoneException.of(FailureCode.UNSUPPORTED_FORMAT, "nothing to trim");
            }
            PixelSize shown = new PictureInspector().inspect(source, limits).size();
            PixelSize size = pipeline.output().over(pipeline.sizes(shown).getLast());
            ImageFormat format = pipeline.output().format().over(source.format());
            return new EngineResult.Encoded(new EncodedImage(format, source.bytes(), size, List.of("made up")), true);
        }
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> postJson(String path, String json) {
        return post(path, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    /// A form with one file and some texts.
    HttpResponse<String> postForm(String path, byte[] file, String... fields) {
        return send(request(path, "Content-Type", "multipart/form-data; boundary=xyz")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form(file, fields))));
    }

    static byte[] form(byte[] file, String... fields) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            out.writeBytes(("--xyz\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n"
                            + fields[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(file);
        out.writeBytes("\r\n--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
        return exchange(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpClient client() {
        return client;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return exchange(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    public String uploaded(byte[] image) {
        return json(post("/api/images", image)).get("imageId").asText();
    }

    JsonNode awaitEnd(String jobId) {
        return Awaitility.await()
                .atMost(Plant.LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> json(get("/api/jobs/" + jobId)),
                        job -> job.get("status").asText().matches("done|failed"));
    }

    @Override
    public void close() throws IOException {
        client.close();
        nodes.forEach(WorkerNode::close);
        server.close();
        turns.close();
        database.close();
        Files.delete(spool);
    }
}
