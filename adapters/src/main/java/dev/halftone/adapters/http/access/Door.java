package dev.halftone.adapters.http.access;

import dev.halftone.adapters.http.problem.AccessProblems;
import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Rates;
import dev.halftone.domain.access.SecretToken;
import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Stands before every route: finds out who asks, lets in whom the route's class lets in, and counts requests
/// against the key's rate. Where keys are off, everybody is the local owner. Thread-safe.
public final class Door {
    /// Lets everybody in.
    public static final Door OPEN = new Door(Optional.empty(), Optional.empty());

    static final Key<Door> KEY = new Key<>("door");

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Optional<Locks> locks;
    private final Optional<OwnNames> names;
    private final Optional<Rates<Long>> rates;

    private Door(Optional<Locks> locks, Optional<OwnNames> names) {
        this.locks = locks;
        this.names = names;
        this.rates = locks.map(with -> new Rates<>(with.clock()));
    }

    /// Asks for keys.
    public static Door locked(Locks locks) {
        return new Door(Optional.of(locks), Optional.empty());
    }

    /// Lets everybody in who asks this machine by one of its names.
    public static Door open(OwnNames names) {
        return new Door(Optional.empty(), Optional.of(names));
    }

    public boolean isLocked() {
        return locks.isPresent();
    }

    Optional<Locks> locks() {
        return locks;
    }

    /// From here on every route and every WebSocket of this server is behind the door.
    public void guard(JavalinConfig config) {
        config.appData(KEY, this);
        config.routes.beforeMatched(this::admit);
        config.routes.wsBeforeUpgrade(this::admit);
    }

    /// Before a route that was found, and before a WebSocket is opened.
    ///
    /// @throws dev.halftone.adapters.http.problem.Refusal 401, 421 or 429
    private void admit(Context ctx) {
        Access access = LiveRoutes.access(ctx.method() + " " + ctx.path(), ctx.routeRoles());
        if (access == Access.KEY || access == Access.PAGE) {
            names.ifPresent(own -> own.check(ctx));
        }
        switch (access) {
            case OPEN, ADDRESS -> {}
            case KEY -> enter(ctx, caller(ctx, READING.contains(method(ctx))).orElseThrow(AccessProblems::noKey));
            case PAGE -> page(ctx);
        }
    }

    private void page(Context ctx) {
        Optional<Caller> caller = caller(ctx, true);
        if (caller.isPresent()) {
            enter(ctx, caller.get());
        } else if (READING.contains(method(ctx))) {
            LogIn.leadTo(ctx);
        } else {
            throw AccessProblems.loggedOut();
        }
    }

    private void enter(Context ctx, Caller caller) {
        Optional<SecretToken> token = token(ctx);
        ctx.attribute(
                Callers.ATTRIBUTE,
                new Callers.Entered(
                        caller, () -> locks.isEmpty() || check(token).isPresent()));
    }

    private Optional<SecretToken> token(Context ctx) {
        Optional<String> written = KeyHeader.of(ctx);
        return written.isPresent()
                ? SecretToken.parse(SecretToken.Kind.KEY, written.get())
                : locks.flatMap(with -> SessionCookie.of(ctx, with.https()));
    }

    private static String method(Context ctx) {
        return ctx.req().getMethod();
    }

    /// Who asks; a key in a header goes before a session.
    ///
    /// @param session whether one will do
    /// @throws dev.halftone.adapters.http.problem.Refusal 401 for a key that is none, 429 for one that asks too
    /// often
    private Optional<Caller> caller(Context ctx, boolean session) {
        if (locks.isEmpty()) {
            return Optional.of(Caller.LOCAL);
        }
        Optional<ApiKey> key = shown(ctx, session);
        key.ifPresent(this::count);
        return key.map(found -> Caller.with(found, locks.get().defaults()));
    }

    private Optional<ApiKey> shown(Context ctx, boolean session) {
        Optional<String> written = KeyHeader.of(ctx);
        if (written.isPresent()) {
            return Optional.of(check(SecretToken.parse(SecretToken.Kind.KEY, written.get()))
                    .orElseThrow(AccessProblems::badKey));
        }
        return session ? loggedIn(ctx) : Optional.empty();
    }

    private Optional<ApiKey> check(Optional<SecretToken> token) {
        return token.flatMap(known -> locks.flatMap(with -> with.check().check(known)));
    }

    private void count(ApiKey key) {
        int rate = key.limits(locks.orElseThrow().defaults()).requestsAMinute();
        Optional<Duration> wait = rates.orElseThrow().take(key.number(), rate);
        if (wait.isPresent()) {
            throw AccessProblems.tooManyRequests(rate, wait.get());
        }
    }

    /// The key of a session, if there is one. Counts nothing and refuses nobody.
    Optional<ApiKey> loggedIn(Context ctx) {
        return locks.flatMap(with -> check(SessionCookie.of(ctx, with.https())));
    }
}
