package dev.halftone.domain.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tells which key a token is. What was found is good for a few seconds, so that not every request asks the
/// store, and a revocation holds on every node within them. Thread-safe.
public final class CheckKey {
    /// How long a key that was revoked on another node may still pass here.
    public static final Duration KNOWN_FOR = Duration.ofSeconds(3);

    private static final Duration USE_NOTED = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 10_000;

    private final KeyStore keys;
    private final SessionStore sessions;
    private final InstantSource clock;
    private final Map<SecretHash, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SecretHash, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    private record Known(ApiKey key, Instant until) {}

    public CheckKey(KeyStore keys, SessionStore sessions, InstantSource clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// The key that a token is, or that a session was begun with; empty where it lets nobody in.
    public Optional<ApiKey> check(SecretToken token) {
        Instant now = clock.instant();
        SecretHash hash = token.hash();
        synchronized (known) {
            Known before = known.get(hash);
            if (before != null && before.until().isAfter(now)) {
                return Optional.of(before.key());
            }
        }
        Optional<ApiKey> found = switch (token.kind()) {
            case KEY -> keys.find(token);
            case SESSION -> sessions.find(token);
        };
        found.ifPresent(key -> noteUse(key, now));
        synchronized (known) {
            if (found.isPresent()) {
                known.put(hash, new Known(found.get(), now.plus(KNOWN_FOR)));
            } else {
                known.remove(hash);
            }
        }
        return found;
    }

    /// Here at once, elsewhere within [#KNOWN_FOR].
    public void forget(SecretToken token) {
        synchronized (known) {
            known.remove(token.hash());
        }
    }

    private void noteUse(ApiKey key, Instant now) {
        if (key.lastUsed().filter(at -> at.plus(USE_NOTED).isAfter(now)).isEmpty()) {
            try {
                keys.used(key);
            } catch (RuntimeException e) {
                // A database that takes no writes at the moment shuts nobody out.
                return;
            }
        }
    }
}
