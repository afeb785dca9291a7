package dev.halftone.adapters.http.request;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `Prefer: wait=N` (RFC 7240): how long a client would like to wait for news, in seconds, 30 at most.
public final class WaitPreference {
    private static final int MOST = 30;
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:[,;]|$)");

    private WaitPreference() {}

    /// Empty where it is absent or malformed: preferences never fail a request.
    public static Optional<Duration> of(@Nullable String header) {
        Matcher wait = WAIT.matcher(header == null ? "" : header.toLowerCase(Locale.ROOT));
        return wait.find()
                ? Optional.of(Duration.ofSeconds(Math.min(MOST, Integer.parseInt(wait.group(1)))))
                : Optional.empty();
    }
}
