package dev.halftone.adapters.postgres.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.DatabaseRefused;
import dev.halftone.adapters.postgres.JdbiWebhookStore;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.TestPostgres;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.WebhookSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final SealingKey KEY = SealingKey.of("0123456789abcdef0123456789abcdef");
    private static final SealingKey OTHER = SealingKey.of("fedcba9876543210fedcba9876543210");

    @TempDir
    Path folder;

    private static Sealing sealing(SealingKey key) {
        Sealing sealing = new Sealing();
        sealing.use(key);
        return sealing;
    }

    @Test
    void opensWhatItSealedAndNobodyElseDoes() {
        String sealed = sealing(KEY).seal(SECRET);

        assertThat(sealed).startsWith("sealed:1:").doesNotContain("whsec").doesNotContain("MfKQ");
        assertThat(sealing(KEY).open(sealed)).contains(SECRET);
        assertThat(sealing(OTHER).open(sealed)).isEmpty();
        assertThat(new Sealing().open(sealed)).isEmpty();
        assertThat(sealing(KEY).seal(SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void noticesThatSomethingWasChanged() {
        String sealed = sealing(KEY).seal(SECRET);
        int middle = sealed.length() / 2;
        String changed =
                sealed.substring(0, middle) + (sealed.charAt(middle) == 'A' ? 'B' : 'A') + sealed.substring(middle + 1);

        assertThat(sealing(KEY).open(changed)).isEmpty();
        assertThat(sealing(KEY).open("sealed:1:")).isEmpty();
        assertThat(sealing(KEY).open("sealed:1:****")).isEmpty();
    }

    @Test
    void readsWhatAnOlderVersionLeft() {
        assertThat(sealing(KEY).open(SECRET)).contains(SECRET);
    }

    @Test
    void theKeyOfAFolderIsMadeOnceAndReadByItsOwnerAlone() throws Exception {
        Files.createDirectories(folder);
        SealingKey made = SealingKeyFile.in(folder, new SecureRandom());

        Path file = folder.resolve("secret.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(sealing(SealingKeyFile.in(folder, new SecureRandom()))
                        .open(sealing(made).seal(SECRET)))
                .contains(SECRET);
        assertThat(sealing(SealingKey.of(Files.readString(file).strip()))
                        .open(sealing(made).seal(SECRET)))
                .contains(SECRET);
        assertThat(made.toString()).isEqualTo("SealingKey[…]");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void anEmptyKeyFileIsNoKey() throws Exception {
        Files.writeString(folder.resolve("secret.key"), "\n");

        assertThatThrownBy(() -> SealingKeyFile.in(folder, new SecureRandom()))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("HALFTONE_SECRET_KEY");
    }

    /// What was stored plainly goes on working, and is sealed at the next start; another key is refused.
    @Test
    void sealsTheRowsOfAnOlderVersionAndWorksOnWithThem() throws Exception {
        PostgresSettings settings = TestPostgres.freshDatabase();
        WebhookSecret second = WebhookSecret.random(new SecureRandom());

        List<String> plain;
        try (Plant plant = new Plant(settings)) {
            plant.submit(Plant.told("https://hooks.example/a"), 1, i -> List.of("https://img.example/" + i));
            var webhooks = new JdbiWebhookStore(plant.database);
            var endpoint = webhooks.list(Owner.LOCAL, java.util.Optional.empty(), java.util.Optional.empty(), 1)
                    .getFirst();
            webhooks.rotate(Owner.LOCAL, endpoint.id(), second, true);
            plain = stored(plant.database);
            assertThat(plain).hasSize(2).allMatch(text -> text.startsWith("whsec_"));
        }

        try (Database database = Database.open(settings, KEY)) {
            assertThat(stored(database))
                    .hasSize(2)
                    .allMatch(Sealing::isSealed)
                    .noneMatch(text -> plain.stream().anyMatch(text::contains));
            assertThat(opened(database)).containsExactlyInAnyOrderElementsOf(plain);
        }
        try (Database again = Database.open(settings, KEY)) {
            assertThat(opened(again)).containsExactlyInAnyOrderElementsOf(plain);
        }
        assertThatThrownBy(() -> Database.open(settings, OTHER))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("HALFTONE_SECRET_KEY");
    }

    private static List<String> stored(Database database) {
        return database.read(handle -> handle.createQuery(
                        "select secret from webhook_endpoint union all select secret from webhook_old_secret")
                .mapTo(String.class)
                .list());
    }

    private static List<String> opened(Database database) {
        return database.read(handle -> stored(database).stream()
                .map(text -> Sealing.of(handle).open(text).orElseThrow())
                .toList());
    }
}
