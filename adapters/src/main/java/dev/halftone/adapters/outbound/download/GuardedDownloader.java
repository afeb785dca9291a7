package dev.halftone.adapters.outbound.download;

import dev.halftone.adapters.outbound.Answer;
import dev.halftone.adapters.outbound.GuardedHttp;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.Place;
import dev.halftone.domain.source.SourceUrl;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/// Fetches images over the guarded client: at most five redirects, each to an address that is judged anew, and
/// each host in its pace. A redirect from `https` to `http` is followed: nothing secret is sent, and the
/// picture's first address was the user's choice. The time limit counts what the hosts take, not the wait for
/// a turn.
public final class GuardedDownloader implements Downloader {
    /// Time for one image, all its redirects together.
    public static final Duration TIME = Duration.ofSeconds(30);

    private static final int MAX_REDIRECTS = 5;

    /// Of the host, or of who stands before it. A 500 can be of the one picture.
    private static final Set<Integer> CANT = Set.of(429, 502, 503, 504);

    private static final Set<FailureCode> NOBODY_THERE =
            EnumSet.of(FailureCode.CONNECT_FAILED, FailureCode.TIMEOUT, FailureCode.DNS_FAILURE);

    private final GuardedHttp http;
    private final HostPacing pacing;
    private final Duration time;
    private final Predicate<SourceUrl> mayFetch;

    public GuardedDownloader(GuardedHttp http, HostPacing pacing, Duration time) {
        this(http, pacing, time, url -> true);
    }

    /// @param mayFetch which addresses may be fetched besides what the guard forbids, asked for each redirect
    /// too
    public GuardedDownloader(GuardedHttp http, HostPacing pacing, Duration time, Predicate<SourceUrl> mayFetch) {
        this.http = http;
        this.pacing = pacing;
        this.time = time;
        this.mayFetch = mayFetch;
    }

    @Override
    public byte[] fetch(SourceUrl url, ImageLimits limits) throws InterruptedException {
        return fetch(url, limits, Place.unbounded(HostPacing.NOBODY));
    }

    @Override
    public byte[] fetch(SourceUrl url, ImageLimits limits, Place place) throws InterruptedException {
        SourceUrl at = url;
        Duration left = time;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            if (!mayFetch.test(at)) {
                throw notFetched(at, redirects > 0);
            }
            Answer answer;
            long began;
            try (HostPacing.Turn turn = pacing.enter(paced(at), place.owner())) {
                place.take();
                began = System.nanoTime();
                answer = ask(at, limits, left, turn);
            }
            if (answer.isSuccess()) {
                return answer.body();
            }
            if (!answer.isRedirect()) {
                throw refused(at, answer);
            }
            place.giveBack();
            at = Redirect.follow(at, answer.location().orElseThrow());
            left = rest(left, began);
        }
        throw HalftoneException.of(
                FailureCode.TOO_MANY_REDIRECTS, "the host redirected more than " + MAX_REDIRECTS + " times");
    }

    /// Where a host leads to may be an address inside its network, which is nobody's business.
    private static HalftoneException notFetched(SourceUrl at, boolean redirected) {
        return HalftoneException.of(
                FailureCode.BLOCKED_ADDRESS,
                redirected
                        ? "the host redirects to another, whose pictures are not fetched by this service"
                        : "pictures of " + at.host() + " are not fetched by this service");
    }

    /// What is asked at once is told from what else the same machine serves.
    private static String paced(SourceUrl url) {
        return url.host() + ":" + url.port();
    }

    private Answer ask(SourceUrl at, ImageLimits limits, Duration left, HostPacing.Turn turn)
            throws InterruptedException {
        try {
            Answer answer = http.get(at, limits.maxBytes(), left);
            if (CANT.contains(answer.status())) {
                turn.failed(Failure.httpStatus(answer.status(), answer.retryAfter()));
            } else {
                turn.answered();
            }
            return answer;
        } catch (HalftoneException e) {
            if (NOBODY_THERE.contains(e.failure().code())) {
                turn.failed(e.failure());
            } else if (e.failure().code() != FailureCode.BLOCKED_ADDRESS) {
                turn.answered();
            }
            throw e;
        }
    }

    private HalftoneException refused(SourceUrl at, Answer answer) {
        if (answer.status() == 429 || answer.status() == 503) {
            answer.retryAfter().ifPresent(wait -> pacing.pause(paced(at), wait));
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
