package dev.halftone.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.access.Door;
import dev.halftone.adapters.http.access.Locks;
import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.adapters.http.connection.Networks;
import dev.halftone.domain.access.CheckKey;
import dev.halftone.domain.access.KeyLimits;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// Whose tries to log in are counted together. What is tried is no key by its form, so no store is asked.
@SuppressWarnings("NullAway")
class LogInTriesTest {
    private static final int TRIES = 30;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T09:00:00Z"));

    private static RunningServer server(String proxies) {
        RunningServer.Setup plain = RunningServer.Setup.of(
                new ClientLimits(8192, Duration.ofSeconds(15), 500, 100, 100, Networks.parse(proxies)));
        return new RunningServer(plain.behind(Door.locked(new Locks(
                new CheckKey(null, null, CLOCK), null, KeyLimits.DEFAULT, false, new SecureRandom(), CLOCK))));
    }

    private static HttpResponse<String> attempt(RunningServer running, String forwarded) {
        return running.postCsv(
                "/login",
                "key=wrong",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "application/json",
                "X-Forwarded-For",
                forwarded);
    }

    @Test
    void whatAnyoneSaysToHaveForwardedChangesNothing() {
        try (RunningServer running = server("10.0.0.0/8")) {
            for (int i = 0; i < TRIES; i++) {
                ProblemAssert.assertProblem(attempt(running, "198.51.100." + i), 401, "unauthorized");
            }
            HttpResponse<String> refused = attempt(running, "198.51.100.99");
            ProblemAssert.assertProblem(refused, 429, "too_many_tries");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void whatAProxySaysTellsItsClientsApart() {
        try (RunningServer running = server("127.0.0.1")) {
            for (int i = 0; i < TRIES; i++) {
                ProblemAssert.assertProblem(attempt(running, "6.6.6." + i + ", 198.51.100.1"), 401, "unauthorized");
            }
            ProblemAssert.assertProblem(attempt(running, "198.51.100.1"), 429, "too_many_tries");
            ProblemAssert.assertProblem(attempt(running, "198.51.100.2"), 401, "unauthorized");
        }
    }
}
