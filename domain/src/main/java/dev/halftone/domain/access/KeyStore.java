package dev.halftone.domain.access;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Port: keeps what is known of API keys. Thread-safe.
public interface KeyStore {

    /// @return empty when a key that is not revoked has the name
    Optional<ApiKey> create(NewKey key);

    /// All keys, the oldest first.
    List<ApiKey> list();

    /// The key that a token is, unless it was revoked.
    Optional<ApiKey> find(SecretToken token);

    /// Revokes a key, and ends the sessions that were begun with it.
    ///
    /// @param nameOrHint the name of a key that is not revoked, or how the key itself begins
    Revocation revoke(String nameOrHint);

    /// Notes that a key is used now, at most once a minute.
    void used(ApiKey key);

    /// @param token is kept as its hash alone
    /// @param rate requests a minute, in place of the default
    /// @param quota images a day, in place of the default
    record NewKey(String name, Owner owner, SecretToken token, OptionalInt rate, OptionalLong quota) {}

    /// What came of asking for a revocation.
    sealed interface Revocation {
        record Revoked(ApiKey key) implements Revocation {}

        record Unknown() implements Revocation {}

        /// Several keys begin so; nothing was changed.
        record Several(List<ApiKey> keys) implements Revocation {}
    }
}
