package dev.halftone.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CheckKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T09:00:00Z"));
    private final Kept kept = new Kept();
    private final CheckKey check = new CheckKey(kept, kept, now::get);
    private final SecretToken token = SecretToken.random(SecretToken.Kind.KEY, RANDOM);

    /// One key, and how often it was asked for.
    private final class Kept implements KeyStore, SessionStore {
        private Optional<SecretToken> valid = Optional.empty();
        private Optional<Instant> lastUsed = Optional.empty();
        private final List<Instant> uses = new ArrayList<>();
        private int asked;
        private boolean readOnly;

        private ApiKey key() {
            return new ApiKey(
                    1,
                    "shop",
                    new Owner("shop"),
                    "hft_00000000",
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    Instant.EPOCH,
                    lastUsed,
                    Optional.empty());
        }

        @Override
        public Optional<ApiKey> find(SecretToken token) {
            asked++;
            return valid.filter(token::equals).map(found -> key());
        }

        @Override
        public void used(ApiKey key) {
            if (readOnly) {
                throw new IllegalStateException("the database takes no writes");
            }
            uses.add(now.get());
            lastUsed = Optional.of(now.get());
        }

        @Override
        public Optional<ApiKey> create(NewKey key) {
            throw new AssertionError();
        }

        @Override
        public List<ApiKey> list() {
            throw new AssertionError();
        }

        @Override
        public Revocation revoke(String nameOrHint) {
            throw new AssertionError();
        }

        @Override
        public void begin(ApiKey key, SecretToken token, Duration lasts) {
            throw new AssertionError();
        }

        @Override
        public void end(SecretToken token) {
            throw new AssertionError();
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void asksTheStoreOnceInAFewSeconds() {
        kept.valid = Optional.of(token);
        for (int i = 0; i < 100; i++) {
            assertThat(check.check(token)).isPresent();
        }
        assertThat(kept.asked).isEqualTo(1);
    }

    @Test
    void aRevocationHoldsAfterThoseSeconds() {
        kept.valid = Optional.of(token);
        check.check(token);
        kept.valid = Optional.empty();

        pass(CheckKey.KNOWN_FOR);
        assertThat(check.check(token)).isEmpty();
        assertThat(CheckKey.KNOWN_FOR).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsForgottenIsLookedUpAtOnce() {
        kept.valid = Optional.of(token);
        check.check(token);
        kept.valid = Optional.empty();

        check.forget(token);
        assertThat(check.check(token)).isEmpty();
    }

    @Test
    void aKeyMadeNowIsKnownAtOnce() {
        assertThat(check.check(token)).isEmpty();
        kept.valid = Optional.of(token);
        assertThat(check.check(token)).isPresent();
    }

    @Test
    void letsAKeyInWhoseUseCanNotBeNoted() {
        kept.valid = Optional.of(token);
        kept.readOnly = true;

        assertThat(check.check(token)).isPresent();
    }

    @Test
    void notesAUseAtMostOnceAMinute() {
        kept.valid = Optional.of(token);
        for (int second = 0; second < 150; second++) {
            check.check(token);
            pass(Duration.ofSeconds(1));
        }
        assertThat(kept.uses).hasSizeBetween(2, 3);
    }
}
