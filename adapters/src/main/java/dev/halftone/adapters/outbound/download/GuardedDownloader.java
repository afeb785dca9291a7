package dev.halftone.adapters.outbound.download;

import dev.halftone.adapters.outbound.Answer;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.SourceUrl;
import java.time.Duration;
import java.util.function.Predicate;

/// Fetches images over the guarded client: at most five redirects, each to an address that is judged anew, and
/// each host in its pace. A redirect from `https` to `http` is followed: nothing secret is sent, and the picture's
/// first address was the user's choice. The time limit counts what the hosts take, not the wait for a turn.
public final class GuardedDownloader implements Downloader {
    /// Time for one image, all its redirects together.
    public static final Duration TIME = Duration.ofSeconds(30);

    private static final int MAX_REDIRECTS = 5;

    private final GuardedHttp http;
    private final HostPacing pacing;
    private final Duration time;
    private final Predicate<SourceUrl> mayFetch;

    public GuardedDownloader(GuardedHttp http, HostPacing pacing, Duration time) {
        this(http, pacing, time, url -> true);
    }

    /// @param mayFetch which addresses may be fetched besides what the guard forbids, asked for each redirect too
    public GuardedDownloader(GuardedHttp http, HostPacing pacing, Duration time, Predicate<SourceUrl> mayFetch) {
        this.http = http;
        this.pacing = pacing;
        this.time = time;
        this.mayFetch = mayFetch;
    }

    @Override
    public byte[] fetch(SourceUrl url, ImageLimits limits) throws InterruptedException {
        SourceUrl at = url;
        Duration left = time;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            if (!mayFetch.test(at)) {
                throw HalftoneException.of(
                        FailureCode.BLOCKED_ADDRESS, "pictures of " + at.host() + " are not fetched by this service");
            }
            Answer answer;
            long began;
            try (HostPacing.Turn _ = pacing.enter(at.host())) {
                began = System.nanoTime();
                answer = http.get(at, limits.maxBytes(), left);
            }
            if (answer.isSuccess()) {
                return answer.body();
            }
            if (!answer.isRedirect()) {
                throw refused(at, answer);
            }
            at = Redirect.follow(at, answer.location().orElseThrow());
            left = rest(left, began);
        }
        throw HalftoneException.of(
                FailureCode.TOO_MANY_REDIRECTS, "the host redirected more than " + MAX_REDIRECTS + " times");
    }

    private HalftoneException refused(SourceUrl at, Answer answer) {
        if (answer.status() == 429 || answer.status() == 503) {
            answer.retryAfter().ifPresent(wait -> pacing.pause(at.host(), wait));
        }
        return new HalftoneException(Failure.httpStatus(answer.status(), answer.retryAfter()));
    }

    private Duration rest(Duration left, long began) {
        Duration rest = left.minusNanos(System.nanoTime() - began);
        if (!rest.isPositive()) {
            throw HalftoneException.of(FailureCode.TIMEOUT, "no picture after " + time.toSeconds() + " s of redirects");
        }
        return rest;
    }
}
