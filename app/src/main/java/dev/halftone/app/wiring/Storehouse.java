package dev.halftone.app.wiring;

import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.DatabaseRefused;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import dev.halftone.adapters.postgres.sealing.SealingKey;
import dev.halftone.adapters.postgres.sealing.SealingKeyFile;
import dev.halftone.app.config.HalftoneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;

/// The database: the operator's own, or the embedded one in the data folder.
record Storehouse(Database database, Optional<EmbeddedPostgres> embedded) implements AutoCloseable {

    static Storehouse open(HalftoneConfig config) throws IOException, InterruptedException {
        Files.createDirectories(config.dataDir());
        Files.createDirectories(config.spoolDir());
        if (config.database().isPresent()) {
            HalftoneConfig.DatabaseAddress own = config.database().get();
            return new Storehouse(
                    Database.open(PostgresSettings.of(own.jdbcUrl(), own.user(), own.password()), sealing(config)),
                    Optional.empty());
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(config.dataDir().resolve("postgres"));
        try {
            Storehouse storehouse =
                    new Storehouse(Database.open(server.settings(), sealing(config)), Optional.of(server));
            new JdbiNodes(storehouse.database()).buryAll();
            return storehouse;
        } catch (RuntimeException | IOException e) {
            server.close();
            throw e;
        }
    }

    /// A database that is there already, beside whoever works on it; nothing of it is changed by attaching. The
    /// embedded one is started where it does not run.
    ///
    /// @throws DatabaseRefused when there is none
    static Storehouse attach(HalftoneConfig config) throws IOException, InterruptedException {
        if (config.database().isPresent()) {
            HalftoneConfig.DatabaseAddress own = config.database().get();
            return new Storehouse(
                    Database.attach(PostgresSettings.of(own.jdbcUrl(), own.user(), own.password()), sealing(config)),
                    Optional.empty());
        }
        Path folder = config.dataDir().resolve("postgres");
        if (!EmbeddedPostgres.exists(folder)) {
            throw new DatabaseRefused("There is no database in " + folder
                    + ". Set HALFTONE_DATA_DIR, or HALFTONE_DATABASE_URL, as they are for the service.");
        }
        Optional<PostgresSettings> running = EmbeddedPostgres.running(folder);
        if (running.isPresent()) {
            return new Storehouse(Database.attach(running.get(), sealing(config)), Optional.empty());
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(folder);
        try {
            return new Storehouse(Database.attach(server.settings(), sealing(config)), Optional.of(server));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// For a command that may be given while a service runs: the database of that service, or else one that is
    /// opened for as long as the command takes.
    static Storehouse join(HalftoneConfig config) throws IOException, InterruptedException {
        Optional<PostgresSettings> running = config.database().isPresent()
                ? Optional.empty()
                : EmbeddedPostgres.running(config.dataDir().resolve("postgres"));
        return running.isPresent()
                ? new Storehouse(Database.attach(running.get(), sealing(config)), Optional.empty())
                : open(config);
    }

    private static SealingKey sealing(HalftoneConfig config) throws IOException {
        Optional<SealingKey> named = config.access().secretKey().map(SealingKey::of);
        return named.isPresent() ? named.get() : SealingKeyFile.in(config.dataDir(), new SecureRandom());
    }

    OptionalLong pid() {
        return embedded.map(EmbeddedPostgres::pid).orElse(OptionalLong.empty());
    }

    @Override
    public void close() {
        database.close();
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
