package dev.halftone.adapters.outbound.download;

import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.turn.FairPermits;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// So many permits for each host, in turn over those who wait. Nothing is kept of a host that nobody uses.
/// Thread-safe.
final class HostPermits {
    private final int perHost;
    private final ConcurrentMap<String, Used> hosts = new ConcurrentHashMap<>();

    HostPermits(int perHost) {
        this.perHost = perHost;
    }

    /// One host's permits and how many threads hold or await one.
    private record Used(FairPermits permits, int users) {
        Used plus(int more) {
            return new Used(permits, users + more);
        }
    }

    /// A permit that is held; closing gives it back.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits for a permit.
    Held acquire(String host, TurnOwner owner) throws InterruptedException {
        FairPermits permits = hosts.compute(
                        host, (name, known) -> known == null ? new Used(new FairPermits(perHost), 1) : known.plus(1))
                .permits();
        boolean acquired = false;
        try {
            permits.acquire(owner);
            acquired = true;
        } finally {
            if (!acquired) {
                leave(host);
            }
        }
        return () -> {
            permits.release();
            leave(host);
        };
    }

    private void leave(String host) {
        hosts.computeIfPresent(host, (name, known) -> known.users() == 1 ? null : known.plus(-1));
    }

    /// How many hosts are in use.
    int inUse() {
        return hosts.size();
    }
}
