package dev.halftone.domain.variant.cached;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/// Gives variants out of the cache, or has them made: once for all who ask at the same time, a few at a time, and
/// with a bound on how many wait. What fails is kept for nobody; a caller that goes away ends nothing. Thread-safe.
public final class Variants {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final VariantCache cache;
    private final int most;
    private final Semaphore places;
    private final Semaphore hands;
    private final Map<VariantKey, Flight> flights = new ConcurrentHashMap<>();

    /// Makes one variant. Blocks its thread.
    @FunctionalInterface
    public interface Maker {
        CachedVariant make() throws InterruptedException;
    }

    private static final class Flight {
        private final CompletableFuture<CachedVariant> landed = new CompletableFuture<>();
        private volatile boolean purged;
    }

    /// @param most variants that are made or wait for it
    /// @param atOnce variants that are made at once: each holds its source in memory
    public Variants(VariantCache cache, int most, int atOnce) {
        this.cache = cache;
        this.most = most;
        this.places = new Semaphore(most);
        this.hands = new Semaphore(atOnce, true);
    }

    /// @throws TooManyWaiting when there is no place left
    /// @throws RuntimeException what the maker threw, to all who waited for it
    public CachedVariant get(VariantKey key, Maker maker) throws InterruptedException {
        Optional<CachedVariant> kept = cache.find(key);
        if (kept.isPresent()) {
            return kept.get();
        }
        Flight own = new Flight();
        Flight flight = flights.putIfAbsent(key, own);
        if (flight == null) {
            flight = own;
            begin(key, own, maker);
        }
        try {
            return flight.landed.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /// On a thread of its own, so that the first who asked may go away.
    private void begin(VariantKey key, Flight flight, Maker maker) {
        if (!places.tryAcquire()) {
            flights.remove(key, flight);
            flight.landed.completeExceptionally(new TooManyWaiting(most, RETRY_AFTER));
            return;
        }
        Thread.ofVirtual().name("variant").start(() -> {
            try {
                CachedVariant made = madeOnce(key, flight, maker);
                flights.remove(key, flight);
                flight.landed.complete(made);
            } catch (Throwable failed) {
                flights.remove(key, flight);
                flight.landed.completeExceptionally(failed);
            } finally {
                places.release();
            }
        });
    }

    private CachedVariant madeOnce(VariantKey key, Flight flight, Maker maker) throws InterruptedException {
        hands.acquire();
        try {
            // An earlier flight may have landed after this one's caller had looked.
            Optional<CachedVariant> kept = cache.find(key);
            if (kept.isPresent()) {
                return kept.get();
            }
            CachedVariant made = maker.make();
            if (!flight.purged) {
                cache.put(key, made);
                if (flight.purged) {
                    cache.purge(key.owner());
                }
            }
            return made;
        } finally {
            hands.release();
        }
    }

    /// How many are made now or wait for it.
    public int pending() {
        return most - places.availablePermits();
    }

    /// Forgets what was made from one source, and keeps what is being made from it out of the cache.
    public int purge(String owner) {
        flights.forEach((key, flight) -> {
            if (key.owner().equals(owner)) {
                flight.purged = true;
                flights.remove(key, flight);
            }
        });
        return cache.purge(owner);
    }
}
