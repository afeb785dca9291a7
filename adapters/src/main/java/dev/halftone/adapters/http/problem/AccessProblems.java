package dev.halftone.adapters.http.problem;

import static dev.halftone.adapters.http.problem.Problems.plain;

import dev.halftone.adapters.http.json.ProblemJson;
import dev.halftone.domain.access.QuotaExceeded;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Why somebody is not let in, or not now.
public final class AccessProblems {
    /// What a client can show (RFC 6750).
    public static final String CHALLENGE = "Bearer realm=\"halftone\"";

    private AccessProblems() {}

    public static Refusal noKey() {
        return unauthorized(
                CHALLENGE,
                "An API key is needed",
                "Send it as \"Authorization: Bearer hft_…\". The operator makes keys with"
                        + " \"halftone keys create\".");
    }

    public static Refusal badKey() {
        return unauthorized(
                CHALLENGE + ", error=\"invalid_token\"",
                "The API key is not valid",
                "It is none of this service, or it was revoked.");
    }

    /// A form came whose sender is not logged in any more.
    public static Refusal loggedOut() {
        return unauthorized(CHALLENGE, "You are not logged in", "Or not any more. Log in, then send it again.");
    }

    /// @param name that the request was meant for
    public static Refusal otherName(String name) {
        return plain(
                421,
                "other_name",
                "This service has another name",
                "It asks for no keys, so it answers to localhost, to addresses in numbers and to the host of"
                        + " HALFTONE_PUBLIC_URL, not to " + name + ".",
                List.of());
    }

    private static Refusal unauthorized(String challenge, String title, String detail) {
        return new Refusal(
                ProblemJson.of(401, "unauthorized", title, detail, List.of()), Map.of("WWW-Authenticate", challenge));
    }

    /// @param rate requests a minute that the key may make
    public static Refusal tooManyRequests(int rate, Duration wait) {
        return later(
                "rate_exceeded",
                "Too many requests",
                "This key may make " + rate + " requests a minute; ask again in " + seconds(wait) + " s.",
                wait);
    }

    public static Refusal tooManyTries(Duration wait) {
        return later(
                "too_many_tries",
                "Too many tries",
                "Too many tries to log in came from your address; try again in " + seconds(wait) + " s.",
                wait);
    }

    public static Refusal of(QuotaExceeded exceeded) {
        if (exceeded.asked() > exceeded.quota()) {
            return later(
                    "quota_exceeded",
                    "This is more than a day's quota",
                    "This key may hand in " + exceeded.quota() + " images a day, and this is " + exceeded.asked()
                            + ". Nothing was stored; split it, or ask the operator for more.",
                    exceeded.retryAfter());
        }
        return later(
                "quota_exceeded",
                "The quota of this key is used up",
                "It may hand in " + exceeded.quota() + " images a day, has handed in " + exceeded.used() + " today, and"
                        + " this is " + exceeded.asked() + " more. Nothing was stored; the next day begins at midnight"
                        + " UTC.",
                exceeded.retryAfter());
    }

    private static Refusal later(String code, String title, String detail, Duration wait) {
        return new Refusal(
                ProblemJson.of(429, code, title, detail, List.of()),
                Map.of("Retry-After", String.valueOf(seconds(wait))));
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
