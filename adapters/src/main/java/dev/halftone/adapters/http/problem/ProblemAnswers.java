package dev.halftone.adapters.http.problem;

import dev.halftone.adapters.http.json.Json;
import dev.halftone.adapters.http.page.Pages;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.domain.access.QuotaExceeded;
import dev.halftone.domain.batch.BatchGone;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.transform.TransformRefused;
import dev.halftone.domain.variant.cached.TooManyWaiting;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns whatever ended a request into its problem: JSON for programs, a page for people. An answer that has
/// begun can't become a problem any more; its connection is cut, so that nobody takes half for whole.
public final class ProblemAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final String JSON = "application/problem+json; charset=utf-8";

    private final Pages pages;
    private final Map<String, String> headers;
    private static final long HEARD_OUT = 32L << 20;

    private final long bodyBytes;
    private final Predicate<Throwable> outage;

    /// @param headers of every answer
    /// @param bodyBytes of a body that is not an upload, at most
    /// @param outage which exceptions mean that the database does not answer
    public ProblemAnswers(Pages pages, Map<String, String> headers, long bodyBytes, Predicate<Throwable> outage) {
        this.pages = pages;
        this.headers = Map.copyOf(headers);
        this.bodyBytes = bodyBytes;
        this.outage = outage;
    }

    public void addTo(RoutesConfig routes) {
        routes.exception(Refusal.class, (refusal, ctx) -> answer(ctx, refusal));
        routes.exception(HttpResponseException.class, (decided, ctx) -> answer(ctx, of(decided)));
        routes.exception(BatchGone.class, (gone, ctx) -> answer(ctx, Problems.noSuchBatch()));
        routes.exception(HalftoneException.class, (failed, ctx) -> answer(ctx, of(ctx, failed)));
        routes.exception(TransformRefused.class, (refused, ctx) -> answer(ctx, VariantProblems.of(refused)));
        routes.exception(QuotaExceeded.class, (exceeded, ctx) -> answer(ctx, AccessProblems.of(exceeded)));
        routes.exception(TooManyWaiting.class, (refused, ctx) -> answer(ctx, VariantProblems.of(refused)));
        routes.exception(
                EofException.class, (gone, ctx) -> LOG.debug("{} {}: the client is gone", ctx.method(), ctx.path()));
        routes.exception(Exception.class, (unexpected, ctx) -> answer(ctx, of(ctx, unexpected)));
        // A body that came too slowly ends here with its status alone; no handler above is asked.
        routes.error(408, ctx -> answer(ctx, RequestProblems.ofStatus(408)));
    }

    private Refusal of(HttpResponseException decided) {
        if (decided.getStatus() == 405) {
            Map<String, String> details = decided.getDetails();
            return RequestProblems.methodNotAllowed(details.getOrDefault(
                    "availableMethods", details.getOrDefault("Available methods", "other methods")));
        }
        return decided.getStatus() == 413
                ? LimitProblems.bodyTooLarge(bodyBytes)
                : RequestProblems.ofStatus(decided.getStatus());
    }

    private Refusal of(Context ctx, HalftoneException failed) {
        if (outage.test(failed)) {
            return away(ctx, failed);
        }
        Refusal refusal = Problems.of(failed.failure());
        // What was never installed is no failure of today.
        if (refusal.problem().status() >= 500 && refusal.problem().status() != 501) {
            LOG.warn("{} {} failed: {}", ctx.method(), ctx.path(), failed.getMessage(), failed);
        }
        return refusal;
    }

    private Refusal of(Context ctx, Exception unexpected) {
        if (unexpected.getCause() instanceof TimeoutException) {
            return RequestProblems.ofStatus(408);
        }
        if (outage.test(unexpected)) {
            return away(ctx, unexpected);
        }
        LOG.error("{} {} failed unexpectedly", ctx.method(), ctx.path(), unexpected);
        return Problems.unexpected();
    }

    /// Without a stack trace: there may be thousands of them.
    private static Refusal away(Context ctx, Exception failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.warn("{} {} failed: the database is away: {}", ctx.method(), ctx.path(), root.toString());
        return Problems.unavailable();
    }

    private void answer(Context ctx, Refusal refusal) {
        if (ctx.res().isCommitted()) {
            cut(ctx);
            return;
        }
        if (refusal.problem().status() != 408) {
            hearOut(ctx);
        }
        ctx.res().reset();
        headers.forEach(ctx::header);
        refusal.headers().forEach(ctx::header);
        ctx.status(refusal.problem().status());
        if (AcceptHeader.of(ctx.header("Accept")).prefers("text/html", "application/json")) {
            ctx.contentType("text/html; charset=utf-8");
            write(ctx, pages.problem(refusal.problem()));
        } else {
            ctx.contentType(JSON);
            write(ctx, Json.bytes(refusal.problem()));
        }
    }

    /// Where a WebSocket was asked for, Javalin sends no result that is only set.
    private static void write(Context ctx, byte[] body) {
        if (ctx.header("Sec-WebSocket-Version") == null) {
            ctx.result(body);
            return;
        }
        try {
            ctx.res().getOutputStream().write(body);
        } catch (IOException gone) {
            LOG.debug("{} {}: the client is gone", ctx.method(), ctx.path(), gone);
        }
    }

    /// A client that is still sending would meet a closed connection rather than its answer. So what is left of
    /// a body is read and thrown away, up to a bound; beyond it the connection is closed with the answer.
    private static void hearOut(Context ctx) {
        try {
            InputStream left = ctx.req().getInputStream();
            byte[] some = new byte[1 << 16];
            long bytes = 0;
            int read = 0;
            while (read >= 0 && bytes < HEARD_OUT) {
                read = left.read(some);
                bytes += read;
            }
        } catch (IOException | RuntimeException e) {
            // It is gone, or too slow: then it gets what it may still hear.
            LOG.debug("{} {}: the rest of the body was not read", ctx.method(), ctx.path(), e);
        }
    }

    private static void cut(Context ctx) {
        LOG.warn("{} {} failed after its answer had begun; the connection is cut", ctx.method(), ctx.path());
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    /// Answers after an error of the machine itself, such as a full heap.
    public void answer(HttpServletResponse response, Error error) {
        LOG.error("a request failed", error);
        if (response.isCommitted()) {
            return;
        }
        response.reset();
        headers.forEach(response::setHeader);
        response.setStatus(500);
        response.setContentType(JSON);
        try {
            response.getOutputStream().write(Json.bytes(Problems.unexpected().problem()));
        } catch (IOException gone) {
            LOG.debug("the client is gone", gone);
        }
    }
}
