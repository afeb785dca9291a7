package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.Problems;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Set;

/// A server that is about to stop still answers who asks, and takes nothing in. Thread-safe.
public final class Closing {
    /// From the beginning to the end of the last request: a second more than running items get.
    private static final Duration ALL = Duration.ofSeconds(21);

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Set<String> ASKING = Set.of("GET", "HEAD", "OPTIONS");

    private volatile long began;
    private volatile boolean closing;

    /// From here on nothing is taken in. Twice is no error.
    public void begin() {
        if (!closing) {
            began = System.nanoTime();
            closing = true;
        }
    }

    /// @throws dev.halftone.adapters.http.problem.Refusal 503 for what would begin something
    public void check(Context ctx) {
        if (closing && !ASKING.contains(ctx.req().getMethod())) {
            throw Problems.stopping();
        }
    }

    /// How long requests in flight may still take.
    ///
    /// @param usual when nothing has begun, and at most
    public Duration left(Duration usual) {
        Duration left = closing ? ALL.minusNanos(System.nanoTime() - began) : usual;
        return left.compareTo(LEAST) < 0 ? LEAST : left.compareTo(usual) > 0 ? usual : left;
    }
}
