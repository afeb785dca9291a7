package dev.halftone.adapters.postgres.access;

import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.access.SecretHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads rows of keys as the domain's records.
final class KeyRows {
    static final String COLUMNS = "k.key, k.name, k.owner, k.hint, k.rate, k.quota, k.created, k.last_used, k.revoked";

    private KeyRows() {}

    /// A row that a token's beginning leads to; the hash decides.
    record Candidate(SecretHash hash, ApiKey key) {}

    static ApiKey key(ResultSet row) throws SQLException {
        int rate = row.getInt("rate");
        OptionalInt ownRate = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(rate);
        long quota = row.getLong("quota");
        OptionalLong ownQuota = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(quota);
        return new ApiKey(
                row.getLong("key"),
                row.getString("name"),
                new Owner(row.getString("owner")),
                row.getString("hint"),
                ownRate,
                ownQuota,
                row.getTimestamp("created").toInstant(),
                instant(row.getTimestamp("last_used")),
                instant(row.getTimestamp("revoked")));
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}
