package dev.halftone.app.wiring;

import dev.halftone.adapters.csv.CsvManifestReader;
import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.http.HalftoneServer;
import dev.halftone.adapters.http.HttpSettings;
import dev.halftone.adapters.http.Readiness;
import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.adapters.http.json.JsonEventBodies;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.webhook.WebhookParts;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiBatchStore;
import dev.halftone.adapters.postgres.JdbiOutbox;
import dev.halftone.adapters.postgres.JdbiWebhookStore;
import dev.halftone.adapters.queue.DbSchedulerQueue;
import dev.halftone.adapters.queue.WorkerNode;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.audit.StockReport;
import dev.halftone.domain.audit.VerifyStock;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.item.ProcessItem;
import dev.halftone.domain.source.LocalSources;
import dev.halftone.domain.source.SourceReader;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.transform.SignedLink;
import dev.halftone.domain.variant.cached.PurgeVariants;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Halftone as a whole: every part is made here, by plain constructors, and closed here, in the opposite order.
/// Thread-safe once made.
public final class Halftone implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final HalftoneConfig config;
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final OpenParts parts = new OpenParts();
    private final URI publicUrl;
    private final int port;
    private final Storehouse storehouse;
    private final DbSchedulerQueue queue;
    private final BatchStore batches;
    private final ObjectStore objects;
    private final SubmitBatch submit;
    private final CsvManifestWriter writer;
    private final Workshop workshop;
    private final Darkroom darkroom;
    private volatile Optional<WorkerNode> worker = Optional.empty();
    private volatile Optional<HalftoneServer> intake = Optional.empty();
    private volatile List<LiveRoutes.Route> routes = List.of();
    private final Keeping keeping;

    private Halftone(HalftoneConfig config, SourceReader sources, Workshop.Tuning tuning)
            throws IOException, InterruptedException {
        this.config = config;
        this.port = config.port() == 0 ? FreePort.find() : config.port();
        this.publicUrl = config.publicUrl(port);
        try {
            this.objects = opened("object store", ObjectStores.open(config, publicUrl, clock))
                    .store();
            this.storehouse = opened("database", Storehouse.open(config));
            Spool.sweep(config.spoolDir(), clock);
            this.queue = new DbSchedulerQueue(storehouse.database(), random);
            this.batches = new JdbiBatchStore(storehouse.database(), queue, random);
            this.keeping = new Keeping(storehouse.database(), queue, batches, objects, random, clock);
            this.submit = new SubmitBatch(
                    new CsvManifestReader(sources),
                    batches,
                    objects,
                    config.manifestLimits(),
                    config.keeping().retention(),
                    random);
            this.writer = new CsvManifestWriter(sources, config.manifestLimits());
            this.workshop = opened("workshop", new Workshop(config, tuning, clock));
            this.darkroom = new Darkroom(config, storehouse.database(), queue, objects, workshop, random, clock);
        } catch (RuntimeException | IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /// A service that many use: images come from the web alone.
    public static Halftone forService(HalftoneConfig config) throws IOException, InterruptedException {
        return new Halftone(config, SourceReader.REMOTE, Workshop.Tuning.SERVICE);
    }

    /// One run for the person at this machine: images may also be files, named relative to `folder`.
    public static Halftone forOneRun(HalftoneConfig config, Path folder) throws IOException, InterruptedException {
        return new Halftone(config, new LocalSources(folder), Workshop.Tuning.ONE_RUN);
    }

    /// With parts of the workshop replaced, for benchmarks.
    public static Halftone tuned(HalftoneConfig config, Workshop.Tuning tuning)
            throws IOException, InterruptedException {
        return new Halftone(config, SourceReader.REMOTE, tuning);
    }

    public SubmitBatch submit() {
        return submit;
    }

    public BatchStore batches() {
        return batches;
    }

    public ObjectStore objects() {
        return objects;
    }

    /// @param address how an output's key is written into the CSV
    public ExportBatch export(Function<ObjectKey, String> address) {
        return new ExportBatch(batches, objects, writer, address);
    }

    /// Checks all that is kept, beside whatever runs.
    public StockReport verify(VerifyStock.Scope scope) {
        return Upkeep.verifying(storehouse.database(), batches, objects, config, clock)
                .run(scope);
    }

    /// Deletes a batch of the local owner, with its upload and its outputs.
    public void purge(BatchId id) {
        keeping.purge().purge(Owner.LOCAL, id);
    }

    /// Begins to take work from the queue, and to keep house. From here on the object store says whose it is.
    ///
    /// @throws dev.halftone.domain.failure.HalftoneException when nothing can be put there
    public void startWorker() {
        keeping.mark();
        ProcessItem process = workshop.process(objects);
        WorkerNode node = opened(
                "worker",
                new WorkerNode(
                        storehouse.database(),
                        queue,
                        new ItemProcessing(process),
                        darkroom.making(),
                        new JsonEventBodies(
                                darkroom.jobs()::ofAnyone,
                                links(),
                                key -> objects.publicUrl(key).toString()),
                        workshop.webhooks(),
                        workshop.node("halftone"),
                        keeping.chores(
                                darkroom.deletion(PurgeVariants.NONE),
                                config.keeping().sweepAfter()),
                        random));
        node.start();
        worker = Optional.of(node);
        openIntake();
    }

    /// Begins to answer HTTP.
    ///
    /// @return the address the service is found under
    public String startServer() throws IOException {
        Gallery gallery = workshop.gallery(darkroom.assets(), objects, clock);
        HalftoneServer server = new HalftoneServer(
                new HttpSettings(
                        config.host(),
                        port,
                        config.manifestLimits().maxBytes(),
                        config.spoolDir(),
                        STOP,
                        config.clients()),
                new HalftoneServer.Parts(
                        submit,
                        batches,
                        export(key -> objects.publicUrl(key).toString()),
                        objects,
                        links(),
                        clock,
                        this::readiness,
                        Database::isOutage,
                        Gatehouse.door(config, storehouse.database(), publicUrl, random, clock)),
                keeping.parts(links()),
                darkroom.parts(links(), batches, gallery.purge()),
                gallery.parts(),
                new WebhookParts(
                        new JdbiOutbox(storehouse.database(), queue),
                        new JdbiWebhookStore(storehouse.database()),
                        batches,
                        darkroom.jobs(),
                        links(),
                        random));
        this.routes = server.routes();
        opened("server", server).start();
        this.intake = Optional.of(server);
        openIntake();
        return publicUrl.toString();
    }

    /// Every route of the server that was started, with whom it lets in.
    public List<LiveRoutes.Route> routes() {
        return routes;
    }

    /// Where the embedded database's server runs, for benchmarks that count its CPU.
    public java.util.OptionalLong databasePid() {
        return storehouse.pid();
    }

    private Links links() {
        return new Links(publicUrl, config.transforms().signingKey().map(SignedLink::new));
    }

    private Readiness readiness() {
        return new Readiness(
                worker.map(WorkerNode::troubles).orElse(List.of("the node has not begun to work")),
                worker.flatMap(WorkerNode::lastPoll));
    }

    private <T extends AutoCloseable> T opened(String name, T part) {
        return parts.opened(name, part);
    }

    /// Closed before all that is open now: while running items come to their end nothing is taken in, and questions
    /// are still answered.
    private void openIntake() {
        opened("intake", () -> {
            intake.ifPresent(HalftoneServer::beginClosing);
            worker.ifPresent(WorkerNode::close);
        });
    }

    /// Takes nothing more in, finishes what runs, and closes all parts; doing so twice is no error.
    @Override
    public void close() {
        parts.close();
    }
}
