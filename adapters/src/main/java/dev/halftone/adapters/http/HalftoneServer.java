package dev.halftone.adapters.http;

import dev.halftone.adapters.http.access.Door;
import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.adapters.http.access.LogInRoutes;
import dev.halftone.adapters.http.connection.ClientAddress;
import dev.halftone.adapters.http.connection.JettySetup;
import dev.halftone.adapters.http.control.ControlParts;
import dev.halftone.adapters.http.control.ControlRoutes;
import dev.halftone.adapters.http.image.ImageApi;
import dev.halftone.adapters.http.image.ImageParts;
import dev.halftone.adapters.http.json.Links;
import dev.halftone.adapters.http.page.Assets;
import dev.halftone.adapters.http.page.Pages;
import dev.halftone.adapters.http.problem.ProblemAnswers;
import dev.halftone.adapters.http.request.Closing;
import dev.halftone.adapters.http.request.CsvForm;
import dev.halftone.adapters.http.request.News;
import dev.halftone.adapters.http.request.PlainForm;
import dev.halftone.adapters.http.request.RequestBody;
import dev.halftone.adapters.http.request.SiteGuard;
import dev.halftone.adapters.http.variant.FetchRoutes;
import dev.halftone.adapters.http.variant.ImagePageRoutes;
import dev.halftone.adapters.http.variant.ImageVariantRoutes;
import dev.halftone.adapters.http.variant.VariantParts;
import dev.halftone.adapters.http.webhook.DeliveryRoutes;
import dev.halftone.adapters.http.webhook.WebhookParts;
import dev.halftone.adapters.http.webhook.WebhookRoutes;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.batch.ExportBatch;
import dev.halftone.domain.batch.SubmitBatch;
import dev.halftone.domain.storage.ObjectStore;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The web server. Each request has a virtual thread; stopping lets requests in flight end.
public final class HalftoneServer implements AutoCloseable {
    private final HttpSettings settings;
    private final Parts parts;
    private final Optional<ImageParts> images;
    private final Optional<VariantParts> variants;
    private final List<Consumer<RoutesConfig>> more;
    private final News news = new News();
    private final Closing closing = new Closing();
    private final SecurityHeaders headers;
    private final JettySetup jetty;
    private final Javalin javalin;
    private final List<LiveRoutes.Route> routes;

    /// What the routes stand on.
    ///
    /// @param outage which exceptions mean that the database does not answer
    /// @param door who is let in
    public record Parts(
            SubmitBatch submitBatch,
            BatchStore batches,
            ExportBatch exportBatch,
            ObjectStore objects,
            Links links,
            InstantSource clock,
            Supplier<Readiness> readiness,
            Predicate<Throwable> outage,
            Door door) {

        /// With a door that is open to everybody.
        public Parts(
                SubmitBatch submitBatch,
                BatchStore batches,
                ExportBatch exportBatch,
                ObjectStore objects,
                Links links,
                InstantSource clock,
                Supplier<Readiness> readiness,
                Predicate<Throwable> outage) {
            this(submitBatch, batches, exportBatch, objects, links, clock, readiness, outage, Door.OPEN);
        }
    }

    /// A server for batches alone.
    ///
    /// @param more further routes, of packages below this one
    @SafeVarargs
    public HalftoneServer(HttpSettings settings, Parts parts, Consumer<RoutesConfig>... more) {
        this(settings, parts, Optional.empty(), Optional.empty(), List.of(more));
    }

    /// @param images what the routes of single images stand on
    public HalftoneServer(HttpSettings settings, Parts parts, ImageParts images) {
        this(settings, parts, Optional.of(images), Optional.empty(), List.of());
    }

    /// @param control what the routes that stop and delete batches stand on
    /// @param images what the routes of single images stand on
    /// @param variants what those of pictures by URL stand on
    /// @param webhooks what those of webhooks stand on
    /// @param more further routes, of packages below this one
    @SafeVarargs
    public HalftoneServer(
            HttpSettings settings,
            Parts parts,
            ControlParts control,
            ImageParts images,
            VariantParts variants,
            WebhookParts webhooks,
            Consumer<RoutesConfig>... more) {
        this(
                settings,
                parts,
                Optional.of(images),
                Optional.of(variants),
                Stream.concat(
                                Stream.<Consumer<RoutesConfig>>of(
                                        new ControlRoutes(control)::addTo,
                                        new DeliveryRoutes(webhooks)::addTo,
                                        new WebhookRoutes(webhooks)::addTo),
                                Stream.of(more))
                        .toList());
    }

    private HalftoneServer(
            HttpSettings settings,
            Parts parts,
            Optional<ImageParts> images,
            Optional<VariantParts> variants,
            List<Consumer<RoutesConfig>> more) {
        this.settings = settings;
        this.parts = parts;
        this.images = images;
        this.variants = variants;
        this.more = List.copyOf(more);
        this.headers = SecurityHeaders.showing(parts.objects());
        this.jetty = new JettySetup(settings, headers.all());
        this.javalin = Javalin.create(this::configure);
        this.routes = LiveRoutes.of(javalin);
    }

    /// Listens from here on.
    public HalftoneServer start() {
        javalin.start();
        return this;
    }

    /// The port that is listened on; known after the start.
    public int port() {
        return javalin.port();
    }

    /// Connections that are open now.
    public int connections() {
        return jetty.connections();
    }

    /// Of them, those that wait between or before requests.
    public int resting() {
        return jetty.resting();
    }

    /// Every route there is, with whom it lets in.
    public List<LiveRoutes.Route> routes() {
        return routes;
    }

    /// From here on nothing is taken in: what would begin something is refused for the moment (503); questions
    /// are answered until the server is closed.
    public void beginClosing() {
        closing.begin();
    }

    /// Takes no new requests, lets those in flight end within the stop timeout, or what a closing that has
    /// begun leaves of it, and stops.
    @Override
    public void close() {
        news.close();
        javalin.jettyServer()
                .server()
                .setStopTimeout(closing.left(settings.stopTimeout()).toMillis());
        javalin.stop();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = PlainForm.LONGEST;
        config.http.defaultContentType = "application/octet-stream";
        jetty.applyTo(config);
        config.routes.before(headers::addTo);
        config.routes.before(SiteGuard::check);
        config.routes.before(closing::check);
        config.routes.before(RequestBody::refuseEncoded);
        parts.door().guard(config);
        addRoutes(config);
    }

    private void addRoutes(JavalinConfig config) {
        Assets assets = Assets.load();
        Pages pages = new Pages(assets, parts.door().isLocked());
        ProblemAnswers problems = new ProblemAnswers(pages, headers.all(), PlainForm.LONGEST, parts.outage());
        problems.addTo(config.routes);
        config.router.javaLangErrorHandler(problems::answer);

        Routing routing = new Routing(config.routes);
        CsvForm.Bounds bounds = new CsvForm.Bounds(settings.maxCsvBytes(), settings.spool());
        Submission submission = new Submission(parts.submitBatch(), parts.links());
        OutputRoutes outputs = new OutputRoutes(parts);
        new BatchRoutes(parts, submission, outputs, bounds, news).addTo(routing);
        outputs.addTo(routing);
        Optional<ImageApi> imageApi = images.map(with -> new ImageApi(with, settings.spool(), news));
        imageApi.ifPresent(api -> api.addTo(routing));
        new CompatRoutes(parts, submission, outputs, bounds, imageApi).addTo(routing);
        new FileRoutes(parts.objects()).addTo(routing);
        new HealthRoutes(parts.readiness()).addTo(routing);
        new LogInRoutes(
                        parts.door(),
                        pages,
                        new ClientAddress(settings.clients().proxies()))
                .addTo(routing);
        new PageRoutes(parts, submission, bounds, pages, assets).addTo(routing);
        variants.ifPresent(with -> {
            Optional<ImagePageRoutes> page = images.map(known -> new ImagePageRoutes(known, with, pages));
            page.ifPresent(routes -> routes.addTo(routing));
            new ImageVariantRoutes(with, page).addTo(config.routes);
            new FetchRoutes(with).addTo(config.routes);
        });
        more.forEach(routes -> routes.accept(config.routes));
    }
}
