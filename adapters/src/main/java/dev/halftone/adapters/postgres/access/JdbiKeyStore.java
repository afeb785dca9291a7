package dev.halftone.adapters.postgres.access;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.KeyStore;
import dev.halftone.domain.access.SecretHash;
import dev.halftone.domain.access.SecretToken;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// API keys in PostgreSQL.
public final class JdbiKeyStore implements KeyStore {
    private static final String SELECT = "select " + KeyRows.COLUMNS + " from api_key k";

    private final Database database;

    public JdbiKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<ApiKey> create(NewKey key) {
        return database.transaction(handle -> handle.createQuery("""
                        insert into api_key as k (name, owner, hint, sha256, rate, quota)
                        values (:name, :owner, :hint, :sha256, :rate, :quota)
                        on conflict (name) where revoked is null do nothing
                        returning %s
                        """.formatted(KeyRows.COLUMNS))
                .bind("name", key.name())
                .bind("owner", key.owner().name())
                .bind("hint", key.token().hint())
                .bind("sha256", key.token().hash().hex())
                .bind("rate", key.rate().isPresent() ? (Integer) key.rate().getAsInt() : null)
                .bind("quota", key.quota().isPresent() ? (Long) key.quota().getAsLong() : null)
                .map((row, context) -> KeyRows.key(row))
                .findOne());
    }

    @Override
    public List<ApiKey> list() {
        return database.read(handle -> handle.createQuery(SELECT + " order by k.key")
                .map((row, context) -> KeyRows.key(row))
                .list());
    }

    @Override
    public Optional<ApiKey> find(SecretToken token) {
        return database
                .read(handle -> handle.createQuery("select k.sha256, " + KeyRows.COLUMNS
                                + " from api_key k where k.hint = :hint and k.revoked is null")
                        .bind("hint", token.hint())
                        .map((row, context) ->
                                new KeyRows.Candidate(new SecretHash(row.getString("sha256")), KeyRows.key(row)))
                        .list())
                .stream()
                .filter(candidate -> candidate.hash().isOf(token))
                .map(KeyRows.Candidate::key)
                .findFirst();
    }

    @Override
    public Revocation revoke(String nameOrHint) {
        return database.transaction(handle -> {
            List<ApiKey> meant = meant(handle, nameOrHint);
            return switch (meant.size()) {
                case 0 -> new Revocation.Unknown();
                case 1 -> new Revocation.Revoked(revoked(handle, meant.getFirst()));
                default -> new Revocation.Several(meant);
            };
        });
    }

    /// A name goes before the beginning of a key.
    private static List<ApiKey> meant(Handle handle, String nameOrHint) {
        List<ApiKey> named = handle.createQuery(SELECT + " where k.name = :name and k.revoked is null for update")
                .bind("name", nameOrHint)
                .map((row, context) -> KeyRows.key(row))
                .list();
        if (!named.isEmpty() || nameOrHint.isEmpty()) {
            return named;
        }
        return handle.createQuery(
                        SELECT + " where starts_with(k.hint, :hint) and k.revoked is null order by k.key for update")
                .bind("hint", nameOrHint)
                .map((row, context) -> KeyRows.key(row))
                .list();
    }

    private static ApiKey revoked(Handle handle, ApiKey key) {
        handle.createUpdate("delete from session where api_key = :key")
                .bind("key", key.number())
                .execute();
        return handle.createQuery(
                        "update api_key k set revoked = now() where k.key = :key returning " + KeyRows.COLUMNS)
                .bind("key", key.number())
                .map((row, context) -> KeyRows.key(row))
                .one();
    }

    @Override
    public void used(ApiKey key) {
        database.transaction(
                handle -> handle.createUpdate("""
                        update api_key set last_used = now()
                         where key = :key and (last_used is null or last_used < now() - interval '1 minute')
                        """).bind("key", key.number()).execute());
    }
}
