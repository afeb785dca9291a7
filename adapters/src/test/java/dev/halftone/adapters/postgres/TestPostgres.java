package dev.halftone.adapters.postgres;

import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/// One server for all tests of this JVM, a fresh database for each class that asks.
public final class TestPostgres {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestPostgres() {}

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start(
                        Path.of("target/test-postgres", System.getProperty("halftone.fork", "alone")));
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return server;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// A new, empty database.
    public static PostgresSettings freshDatabase() throws Exception {
        PostgresSettings server = Server.RUNNING.settings();
        String name = "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(
                        server.url(),
                        server.user().orElseThrow(),
                        server.password().orElseThrow());
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name);
            statement.execute("create database " + name);
        }
        return PostgresSettings.of(
                server.url().replaceFirst("/halftone$", "/" + name), server.user(), server.password());
    }
}
