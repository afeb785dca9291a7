package dev.halftone.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.fault.TcpLink;
import dev.halftone.domain.failure.HalftoneException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How long one waits for a database that has gone silent.
class DatabaseDeadlinesTest {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private TcpLink link;
    private Database database;

    @BeforeEach
    void connect() throws Exception {
        PostgresSettings direct = TestPostgres.freshDatabase();
        Database.open(direct).close();
        URI address = URI.create(direct.url().substring("jdbc:".length()));
        link = new TcpLink(address.getPort());
        database = Database.open(PostgresSettings.of(
                direct.url().replace(":" + address.getPort() + "/", ":" + link.port() + "/"),
                direct.user(),
                direct.password()));
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        database.close();
    }

    @Test
    void callersAreAnsweredWithinFiveSecondsOfAnyKindOfSilence() {
        database.read(handle -> handle.execute("select 1"));
        CompletableFuture<Duration> running =
                timed(() -> database.read(handle -> handle.execute("select pg_sleep(3)")));
        CompletableFuture<Duration> large = timed(() -> database.bulk(handle -> {
            handle.execute("select pg_sleep(60)");
            return Optional.of(1);
        }));
        CompletableFuture<Duration> between = timed(() -> database.transaction(handle -> {
            handle.execute("select 1");
            waitFor(Duration.ofSeconds(2));
            return handle.execute("select 1");
        }));
        waitFor(Duration.ofMillis(500));

        link.goSilent();
        CompletableFuture<Duration> later = timed(() -> database.read(handle -> handle.execute("select 1")));
        CompletableFuture<Duration> stream = timed(() -> database.stream(handle -> handle.execute("select 1")));

        assertThat(running.join()).isLessThan(PROMISED);
        assertThat(large.join()).isLessThan(PROMISED);
        assertThat(between.join()).isLessThan(PROMISED);
        assertThat(later.join()).isLessThan(PROMISED);
        assertThat(stream.join()).isLessThan(PROMISED);
        link.heal();
        assertThat(database.<Integer, RuntimeException>patientTransaction(handle ->
                        handle.createQuery("select 1").mapTo(Integer.class).one()))
                .isOne();
    }

    @Test
    void aServerThatAnswersOthersMayTakeItsTimeForAnUploadButNotForACaller() {
        CompletableFuture<Duration> caller =
                timed(() -> database.read(handle -> handle.execute("select pg_sleep(30)")));

        assertThat(database.bulk(handle -> {
                    handle.execute("select pg_sleep(4.5)");
                    return Optional.of("done");
                }))
                .contains("done");
        assertThat(caller.join()).isLessThan(PROMISED);
    }

    /// How long it takes to fail, or to succeed.
    private static CompletableFuture<Duration> timed(Runnable call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long began = System.nanoTime();
                    try {
                        call.run();
                    } catch (HalftoneException expected) {
                        assertThat(Database.isOutage(expected)).isTrue();
                    }
                    return Duration.ofNanos(System.nanoTime() - began);
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static void waitFor(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
