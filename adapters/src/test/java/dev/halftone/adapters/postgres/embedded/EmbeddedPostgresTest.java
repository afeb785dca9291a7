package dev.halftone.adapters.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.postgres.DatabaseRefused;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.domain.process.ChildJvm;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server on its own: its settings, its lock, and that data survive every way to die.
class EmbeddedPostgresTest {
    @TempDir
    static Path folder;

    @AfterAll
    static void leaveNothingRunning() throws Exception {
        // Whatever a failed test left behind is stopped by a start, as in production.
        EmbeddedPostgres.start(folder.resolve("pg")).close();
    }

    @Test
    void keepsDataOverARestartWithDurableSettings() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"))) {
            execute(server.settings(), "create table if not exists restart (n integer)");
            execute(server.settings(), "insert into restart values (42)");
            assertThat(query(server.settings(), "show fsync")).isEqualTo("on");
            assertThat(query(server.settings(), "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server.settings(), "show server_encoding")).isEqualTo("UTF8");
            assertThat(query(server.settings(), "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server.settings(), "select lower('ÄÖ')")).isEqualTo("äö");
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"))) {
            assertThat(query(server.settings(), "select n from restart")).isEqualTo("42");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"))) {
            PostgresSettings settings = server.settings();
            assertThatThrownBy(() -> DriverManager.getConnection(settings.url(), "halftone", "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(settings.url(), "halftone", ""))
                    .isInstanceOf(SQLException.class);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("pg").resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(settings.toString()).doesNotContain(settings.password().orElseThrow());
        }
    }

    @Test
    void refusesAFolderThatAnotherHas() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"))) {
            assertThat(server.pid()).isPresent();
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder.resolve("pg")))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining(folder.resolve("pg").toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void comesBackOnTheSamePortAfterAKillOfTheServer() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"))) {
            execute(server.settings(), "create table if not exists killed (n integer)");
            execute(server.settings(), "insert into killed values (7)");
            long pid = server.pid().orElseThrow();

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> query(server.settings(), "select max(n) from killed")
                            .equals("7"));
            assertThat(server.pid().orElseThrow()).isNotEqualTo(pid);
        }
    }

    @Test
    void stopsTheServerThatAKilledProcessLeftBehind() throws Exception {
        Process other = new ProcessBuilder(ChildJvm.command(
                        ChildJvm.BRIEF,
                        Holder.class.getName(),
                        folder.resolve("pg").toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String orphan = firstLine(other.getInputStream());
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder.resolve("pg")))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("process " + other.pid());
        other.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(Long.parseLong(orphan)).map(ProcessHandle::isAlive))
                .contains(true);

        try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"))) {
            assertThat(query(server.settings(), "select max(n) from orphan")).isEqualTo("9");
            assertThat(server.pid().orElseThrow()).isNotEqualTo(Long.parseLong(orphan));
        }
    }

    @Test
    void leavesAProcessAloneThatHasTheNumberOfADeadServer() throws Exception {
        EmbeddedPostgres.start(folder.resolve("pg")).close();
        Process innocent = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    folder.resolve("pg/cluster/postmaster.pid"), innocent.pid() + "\n/nowhere\n0\n1\n\n127.0.0.1\n");
            try (EmbeddedPostgres server = EmbeddedPostgres.start(folder.resolve("pg"))) {
                assertThat(query(server.settings(), "select 1")).isEqualTo("1");
            }
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void saysWhatToDoAboutADatabaseThatDoesNotAnswer() {
        PostgresSettings nowhere =
                PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/none", Optional.of("u"), Optional.of("secret"));

        assertThatThrownBy(() -> dev.halftone.adapters.postgres.Database.open(nowhere))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("secret");
    }

    /// A process that holds a server until it is killed.
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(arguments[0]));
            execute(server.settings(), "create table if not exists orphan (n integer)");
            execute(server.settings(), "insert into orphan values (9)");
            // The test reads this line.
            System.out.write((server.pid().orElseThrow() + "\n").getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
            Thread.currentThread().join();
        }
    }

    private static String firstLine(InputStream in) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void execute(PostgresSettings settings, String sql) throws SQLException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresSettings settings, String sql) throws SQLException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(PostgresSettings settings) throws SQLException {
        return DriverManager.getConnection(
                settings.url(),
                settings.user().orElseThrow(),
                settings.password().orElseThrow());
    }
}
