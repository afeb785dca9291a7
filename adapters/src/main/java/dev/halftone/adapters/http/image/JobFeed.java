package dev.halftone.adapters.http.image;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.access.Callers;
import dev.halftone.adapters.http.json.JobJson;
import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.problem.Problems;
import dev.halftone.adapters.http.problem.RequestProblems;
import dev.halftone.adapters.http.request.News;
import dev.halftone.adapters.http.request.SiteGuard;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a job gets on, as it happens: `/api/jobs/{id}/events` as server-sent events and as a WebSocket. Each
/// watcher has a virtual thread that looks at the job's row, so it matters not which node runs the job. Ends
/// with the job.
final class JobFeed {
    private static final Logger LOG = LoggerFactory.getLogger(JobFeed.class);
    private static final String PATH = "/api/jobs/{id}/events";

    /// What goes between keeps connections open; a client that is gone is noticed by it.
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    /// A browser opens a stream that ended again by itself.
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private static final int MOST_WATCHERS = 512;
    private static final String GONE = "gone";
    private static final int NORMAL = 1000;
    private static final int ERROR = 1011;
    private static final int TRY_LATER = 1013;
    private static final int NOT_FOUND = 4404;

    private final ImageParts parts;
    private final News news;
    private final Semaphore watchers = new Semaphore(MOST_WATCHERS);

    JobFeed(ImageParts parts, News news) {
        this.parts = parts;
        this.news = news;
    }

    void addTo(Routing routing) {
        routing.get(PATH, this::events);
        routing.beforeUpgrade(PATH, SiteGuard::checkSite);
        routing.ws(PATH, this::socket);
    }

    /// Where what happens is told.
    private interface Listener {
        void told(Job job) throws IOException;

        void nothingNew() throws IOException;

        boolean isGone();
    }

    private void events(Context ctx) throws IOException {
        Job first = JobRoutes.find(ctx, parts, JobRoutes.id(ctx));
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header("X-Accel-Buffering", "no");
        if (ctx.req().getMethod().equals("HEAD")) {
            return;
        }
        if (!watchers.tryAcquire()) {
            throw RequestProblems.tooManyWatchers();
        }
        try {
            watch(Callers.entered(ctx), first, new EventStream(ctx.res().getOutputStream()));
        } finally {
            watchers.release();
        }
    }

    private final class EventStream implements Listener {
        private final OutputStream out;

        EventStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void told(Job job) throws IOException {
            write("event: " + type(job) + "\ndata: " + Json.text(json(job)) + "\n\n");
        }

        @Override
        public void nothingNew() throws IOException {
            write(":\n\n");
        }

        @Override
        public boolean isGone() {
            return false;
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private void socket(WsConfig config) {
        config.onConnect(this::connected);
        config.onClose(closed -> {
            AtomicBoolean gone = closed.attribute(GONE);
            if (gone != null) {
                gone.set(true);
            }
        });
        // What a client says is not listened to.
        config.onMessage(message -> {});
    }

    private void connected(WsConnectContext ctx) {
        Callers.Entered entered = Callers.entered(ctx);
        Optional<Job> first = JobId.parse(ctx.pathParam("id"))
                .flatMap(id -> parts.jobs().find(entered.caller().owner(), id));
        if (first.isEmpty()) {
            ctx.closeSession(NOT_FOUND, Problems.noSuchJob().problem().title());
            return;
        }
        if (!watchers.tryAcquire()) {
            ctx.closeSession(TRY_LATER, "Too many watch; try again shortly");
            return;
        }
        Thread.ofVirtual().name("job-feed-" + first.get().id()).start(() -> {
            try {
                watch(entered, first.get(), new Socket(ctx));
                ctx.closeSession(NORMAL, "");
            } catch (IOException | RuntimeException e) {
                LOG.debug("a watcher of job {} is gone", first.get().id(), e);
                ctx.closeSession(ERROR, "");
            } finally {
                watchers.release();
            }
        });
    }

    private final class Socket implements Listener {
        private final WsConnectContext ctx;
        private final AtomicBoolean gone = new AtomicBoolean();

        Socket(WsConnectContext ctx) {
            this.ctx = ctx;
            ctx.attribute(GONE, gone);
        }

        private record Message(String type, JobJson data) {}

        @Override
        public void told(Job job) {
            ctx.send(Json.text(new Message(type(job), json(job))));
        }

        @Override
        public void nothingNew() {
            ctx.sendPing();
        }

        @Override
        public boolean isGone() {
            return gone.get();
        }
    }

    private void watch(Callers.Entered entered, Job first, Listener listener) throws IOException {
        long end = System.nanoTime() + LONGEST.toNanos();
        Optional<Job> seen = Optional.of(first);
        listener.told(first);
        while (seen.isPresent() && !seen.get().state().isFinal() && !listener.isGone() && System.nanoTime() < end) {
            Optional<Job> known = seen;
            seen = news.await(
                    known,
                    () -> parts.jobs().find(entered.caller().owner(), first.id()),
                    now -> listener.isGone() || !now.map(Job::updated).equals(known.map(Job::updated)),
                    SIGN_OF_LIFE);
            if (news.isClosed() || listener.isGone() || !entered.remains().getAsBoolean()) {
                return;
            }
            if (seen.equals(known)) {
                listener.nothingNew();
            } else if (seen.isPresent()) {
                listener.told(seen.get());
            }
        }
    }

    private static String type(Job job) {
        return switch (job.state()) {
            case PENDING, PROCESSING -> "progress";
            case DONE -> "done";
            case FAILED -> "failed";
        };
    }

    private JobJson json(Job job) {
        return JobJson.of(job, parts.links(), parts.address());
    }
}
