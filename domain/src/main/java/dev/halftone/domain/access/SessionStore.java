package dev.halftone.domain.access;

import java.time.Duration;
import java.util.Optional;

/// Port: keeps the sessions of people who logged in with a key. Thread-safe.
public interface SessionStore {

    /// @param token is kept as its hash alone
    /// @param lasts from now
    void begin(ApiKey key, SecretToken token, Duration lasts);

    /// The key that a session was begun with; empty once the session ended or the key was revoked.
    Optional<ApiKey> find(SecretToken token);

    void end(SecretToken token);
}
