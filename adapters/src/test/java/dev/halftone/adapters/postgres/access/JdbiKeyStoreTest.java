package dev.halftone.adapters.postgres.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.TestPostgres;
import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.KeyStore.NewKey;
import dev.halftone.domain.access.KeyStore.Revocation;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.access.SecretToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys and sessions in a real database.
class JdbiKeyStoreTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static Database database;
    private static JdbiKeyStore keys;
    private static JdbiSessionStore sessions;

    @BeforeAll
    static void open() throws Exception {
        database = Database.open(TestPostgres.freshDatabase());
        keys = new JdbiKeyStore(database);
        sessions = new JdbiSessionStore(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.transaction(handle -> handle.execute("truncate api_key cascade"));
    }

    private static SecretToken token() {
        return SecretToken.random(SecretToken.Kind.KEY, RANDOM);
    }

    private static ApiKey made(String name, SecretToken token) {
        return keys.create(new NewKey(name, new Owner("shop"), token, OptionalInt.of(7), OptionalLong.empty()))
                .orElseThrow();
    }

    @Test
    void findsAKeyByItsTokenAlone() {
        SecretToken token = token();
        ApiKey made = made("one", token);

        assertThat(keys.find(token)).contains(made);
        assertThat(made.owner()).isEqualTo(new Owner("shop"));
        assertThat(made.rate()).hasValue(7);
        assertThat(made.quota()).isEmpty();
        assertThat(keys.find(token())).isEmpty();
        // The same beginning, another key.
        SecretToken near = new SecretToken(
                SecretToken.Kind.KEY,
                token.digits().substring(0, 31) + (token.digits().endsWith("0") ? "1" : "0"));
        assertThat(keys.find(near)).isEmpty();
    }

    @Test
    void aNameIsFreeAgainOnceItsKeyIsRevoked() {
        made("one", token());
        NewKey again = new NewKey("one", new Owner("shop"), token(), OptionalInt.empty(), OptionalLong.empty());

        assertThat(keys.create(again)).isEmpty();
        assertThat(keys.revoke("one")).isInstanceOf(Revocation.Revoked.class);
        assertThat(keys.create(again)).isPresent();
        assertThat(keys.list()).extracting(ApiKey::name).containsExactly("one", "one");
    }

    @Test
    void revokesByNameOrByHowTheKeyBegins() {
        SecretToken first = new SecretToken(SecretToken.Kind.KEY, "0".repeat(31) + "1");
        SecretToken second = new SecretToken(SecretToken.Kind.KEY, "0".repeat(30) + "22");
        made("first", first);
        made("second", second);

        assertThat(keys.revoke("hft_0000"))
                .isInstanceOfSatisfying(
                        Revocation.Several.class,
                        several -> assertThat(several.keys()).hasSize(2));
        assertThat(keys.find(first)).isPresent();
        assertThat(keys.revoke("first"))
                .isInstanceOfSatisfying(
                        Revocation.Revoked.class,
                        revoked -> assertThat(revoked.key().revoked()).isPresent());
        assertThat(keys.find(first)).isEmpty();
        assertThat(keys.revoke("hft_0000")).isInstanceOf(Revocation.Revoked.class);
        assertThat(keys.find(second)).isEmpty();
        for (String nothing : List.of("", "first", "hft_", "%", "nobody")) {
            assertThat(keys.revoke(nothing)).as(nothing).isInstanceOf(Revocation.Unknown.class);
        }
    }

    @Test
    void notesItsUseOnceAMinute() {
        ApiKey key = made("one", token());
        assertThat(key.lastUsed()).isEmpty();

        keys.used(key);
        var first = keys.list().getFirst().lastUsed();
        keys.used(key);

        assertThat(first).isPresent();
        assertThat(keys.list().getFirst().lastUsed()).isEqualTo(first);
    }

    @Test
    void aSessionEndsWithItsTimeItsKeyOrWhenToldTo() {
        ApiKey key = made("one", token());
        SecretToken lasting = session(key, Duration.ofHours(1));
        SecretToken over = session(key, Duration.ZERO);
        SecretToken left = session(key, Duration.ofHours(1));

        assertThat(sessions.find(lasting)).contains(key);
        assertThat(sessions.find(over)).isEmpty();
        sessions.end(left);
        assertThat(sessions.find(left)).isEmpty();
        keys.revoke("one");
        assertThat(sessions.find(lasting)).isEmpty();
        assertThat(sessions.find(session(key, Duration.ofHours(1)))).isEmpty();
        assertThat(rows("session")).isZero();
    }

    private static SecretToken session(ApiKey key, Duration lasts) {
        SecretToken token = SecretToken.random(SecretToken.Kind.SESSION, RANDOM);
        sessions.begin(key, token, lasts);
        return token;
    }

    private static int rows(String table) {
        return database.read(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }
}
