package dev.halftone.adapters.http.access;

import dev.halftone.adapters.http.Routing;
import dev.halftone.adapters.http.connection.ClientAddress;
import dev.halftone.adapters.http.page.LogInPage;
import dev.halftone.adapters.http.page.Pages;
import dev.halftone.adapters.http.problem.AccessProblems;
import dev.halftone.adapters.http.request.AcceptHeader;
import dev.halftone.adapters.http.request.PlainForm;
import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.Rates;
import dev.halftone.domain.access.SecretToken;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Logging in with a key, for people at a browser, and out again.
public final class LogInRoutes {
    /// Tries a minute from one address. A key can't be guessed; this bounds what trying costs.
    private static final int TRIES = 30;

    private final Door door;
    private final Pages pages;
    private final ClientAddress clients;
    private final Optional<Rates<String>> tries;

    /// @param clients tells whose tries are counted together
    public LogInRoutes(Door door, Pages pages, ClientAddress clients) {
        this.door = door;
        this.pages = pages;
        this.clients = clients;
        this.tries = door.locks().map(with -> new Rates<>(with.clock()));
    }

    public void addTo(Routing routing) {
        routing.get("/login", this::form);
        routing.post("/login", this::logIn);
        routing.post("/logout", this::logOut);
    }

    private void form(Context ctx) {
        Optional<String> next = Optional.ofNullable(ctx.queryParam("next"));
        if (!door.isLocked() || door.loggedIn(ctx).isPresent()) {
            to(ctx, LogIn.back(next));
        } else {
            show(ctx, next, null);
        }
    }

    private void logIn(Context ctx) {
        Optional<String> next = PlainForm.field(ctx, "next");
        if (door.locks().isEmpty()) {
            to(ctx, LogIn.back(next));
            return;
        }
        Locks locks = door.locks().get();
        Optional<Duration> wait = tries.orElseThrow().take(clients.of(ctx), TRIES);
        if (wait.isPresent()) {
            throw AccessProblems.tooManyTries(wait.get());
        }
        String written = PlainForm.field(ctx, "key").orElse("").strip();
        Optional<ApiKey> key = SecretToken.parse(SecretToken.Kind.KEY, written).flatMap(locks.check()::check);
        if (key.isEmpty() && !AcceptHeader.takesPages(ctx)) {
            throw AccessProblems.badKey();
        }
        if (key.isEmpty()) {
            ctx.status(401).header("WWW-Authenticate", AccessProblems.CHALLENGE);
            show(ctx, next, "This is no key of this service, or it was revoked.");
            return;
        }
        end(ctx, locks);
        SecretToken session = SecretToken.random(SecretToken.Kind.SESSION, locks.random());
        locks.sessions().begin(key.get(), session, SessionCookie.LASTS);
        SessionCookie.set(ctx, locks.https(), session);
        to(ctx, LogIn.back(next));
    }

    private void logOut(Context ctx) {
        door.locks().ifPresent(locks -> {
            end(ctx, locks);
            SessionCookie.remove(ctx, locks.https());
        });
        to(ctx, "/login");
    }

    private static void end(Context ctx, Locks locks) {
        SessionCookie.of(ctx, locks.https()).ifPresent(session -> {
            locks.sessions().end(session);
            locks.check().forget(session);
        });
    }

    private static void to(Context ctx, String path) {
        ctx.status(303).header("Location", path);
    }

    private void show(Context ctx, Optional<String> next, @Nullable String mistake) {
        LogInPage page = new LogInPage(pages.visitorLayout("Log in"), LogIn.back(next), mistake);
        ctx.contentType("text/html; charset=utf-8").result(pages.logIn(page));
    }
}
