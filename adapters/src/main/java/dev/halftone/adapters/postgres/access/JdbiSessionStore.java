package dev.halftone.adapters.postgres.access;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.SecretHash;
import dev.halftone.domain.access.SecretToken;
import dev.halftone.domain.access.SessionStore;
import java.time.Duration;
import java.util.Optional;

/// Sessions in PostgreSQL, by the database's clock.
public final class JdbiSessionStore implements SessionStore {
    private final Database database;

    public JdbiSessionStore(Database database) {
        this.database = database;
    }

    /// Sweeps out at the same time what has ended.
    @Override
    public void begin(ApiKey key, SecretToken token, Duration lasts) {
        database.transaction(handle -> {
            handle.execute("delete from session where expires <= now()");
            return handle.createUpdate("""
                            insert into session (sha256, hint, api_key, expires)
                            select :sha256, :hint, key, now() + make_interval(secs => :lasts)
                              from api_key where key = :key and revoked is null for share
                            on conflict do nothing
                            """)
                    .bind("sha256", token.hash().hex())
                    .bind("hint", token.hint())
                    .bind("key", key.number())
                    .bind("lasts", lasts.toSeconds())
                    .execute();
        });
    }

    @Override
    public Optional<ApiKey> find(SecretToken token) {
        return database
                .read(handle -> handle.createQuery("select s.sha256, " + KeyRows.COLUMNS + """
                                 from session s join api_key k on k.key = s.api_key
                                 where s.hint = :hint and s.expires > now() and k.revoked is null
                                """)
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
    public void end(SecretToken token) {
        database.transaction(handle -> handle.createUpdate("delete from session where sha256 = :sha256")
                .bind("sha256", token.hash().hex())
                .execute());
    }
}
