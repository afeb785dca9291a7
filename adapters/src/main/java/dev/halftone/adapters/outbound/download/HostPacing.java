package dev.halftone.adapters.outbound.download;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Is polite to hosts: so many requests at once to each, first come first served, and none while a host has asked
/// for a pause by `Retry-After`. A short rest of a pause is waited for; a longer one fails at once as worth a
/// retry after the pause, so that no worker is held by a host that wants peace. Nothing is kept of a host that
/// nobody uses. Thread-safe, made for virtual threads.
public final class HostPacing {
    /// Requests at once to one host, unless an operator says otherwise.
    public static final int PER_HOST = 6;

    private static final Duration WORTH_WAITING = Duration.ofSeconds(3);

    private final int perHost;
    private final HostPauses pauses;
    private final ConcurrentMap<String, Permits> hosts = new ConcurrentHashMap<>();

    /// @param perHost 1 or more
    public HostPacing(int perHost, InstantSource clock) {
        if (perHost < 1) {
            throw new IllegalArgumentException("requests at once to a host are 1 or more, not " + perHost);
        }
        this.perHost = perHost;
        this.pauses = new HostPauses(clock);
    }

    /// One host's permits and how many threads hold or await one.
    private record Permits(Semaphore free, int users) {
        Permits plus(int more) {
            return new Permits(free, users + more);
        }
    }

    /// The right to send one request; closing gives it back.
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits for this host's turn.
    ///
    /// @throws HalftoneException with a retryable `http_status` while the host wants to be left alone
    public Turn enter(String host) throws InterruptedException {
        refuseWhilePaused(host);
        Permits permits = hosts.compute(
                host, (name, known) -> known == null ? new Permits(new Semaphore(perHost, true), 1) : known.plus(1));
        boolean entered = false;
        boolean held = false;
        try {
            permits.free().acquire();
            held = true;
            awaitShortPause(host);
            entered = true;
        } finally {
            if (!entered) {
                leave(host, permits.free(), held);
            }
        }
        return () -> leave(host, permits.free(), true);
    }

    /// Tells that a host asked for a pause.
    public void pause(String host, Duration wait) {
        if (wait.isPositive()) {
            pauses.pause(host, wait);
        }
    }

    /// How many hosts are in use, for tests and metrics.
    public int hostsInUse() {
        return hosts.size();
    }

    private void leave(String host, Semaphore free, boolean held) {
        if (held) {
            free.release();
        }
        hosts.computeIfPresent(host, (name, known) -> known.users() == 1 ? null : known.plus(-1));
    }

    private void refuseWhilePaused(String host) {
        Duration left = pauses.left(host);
        if (left.compareTo(WORTH_WAITING) > 0) {
            throw new HalftoneException(new Failure(
                    FailureCode.HTTP_STATUS,
                    "the host asked to wait another " + Math.ceilDiv(left.toMillis(), 1000) + " s",
                    true,
                    Optional.of(left)));
        }
    }

    /// The pause may have been asked for while this caller stood in the queue. Nobody else gets through meanwhile,
    /// so the permit is kept; waiting on a semaphore that is never released is a wait that an interrupt ends.
    private void awaitShortPause(String host) throws InterruptedException {
        refuseWhilePaused(host);
        Duration left = pauses.left(host);
        while (left.isPositive()) {
            new Semaphore(0).tryAcquire(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
            refuseWhilePaused(host);
            left = pauses.left(host);
        }
    }
}
