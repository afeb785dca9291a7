package dev.halftone.adapters.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.adapters.queue.WorkerNode;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.batch.BatchProgress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL fails in each of its ways for fifteen seconds, in the middle of a batch, while clients ask and
/// submit. Clients get an answer within five seconds, workers go on by themselves within 35 s of the fault's end,
/// and nothing is lost, done twice or connected to in a storm.
@Tag("faults")
class DatabaseFaultsTest {
    private static final Duration FAULT = Duration.ofSeconds(15);
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration BACK = Duration.ofSeconds(35);
    private static final int ITEMS = 6_000;

    /// While the server is away for fifteen seconds: four pools that try at growing pauses, and a lookout for an
    /// upload that is under way.
    private static final int TRIES = 60;

    /// All pools together, when they are full.
    private static final int POOLED = 22;

    private static final String UPLOAD = Front.csv(300);

    @TempDir
    Path folder;

    private EmbeddedPostgres server;
    private TcpLink link;
    private Plant plant;
    private Front front;
    private volatile BatchId batch;
    private Optional<Path> mounted = Optional.empty();
    private final AtomicInteger processed = new AtomicInteger();
    private final Queue<Front.Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> told = new ArrayList<>();

    /// A way to fail and to recover.
    private interface Fault {
        void set() throws Exception;
    }

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedPostgres.start(folder.resolve("pg"));
        PostgresSettings direct = server.settings();
        int port = URI.create(direct.url().substring("jdbc:".length())).getPort();
        link = new TcpLink(port);
        plant = new Plant(PostgresSettings.of(
                direct.url().replace(":" + port + "/", ":" + link.port() + "/"), direct.user(), direct.password()));
        processed.set(0);
        batch = plant.submit(BatchOptions.DEFAULT, ITEMS, i -> List.of("https://img.example/" + i + ".jpg"));
        WorkerNode node = plant.node(
                (item, recipe) -> {
                    if (item.batch().equals(batch)) {
                        processed.incrementAndGet();
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                    return Plant.delivered(item);
                },
                Nodes.calm());
        front = new Front(plant, node, Files.createDirectories(folder.resolve("spool")));
    }

    @AfterEach
    void stop() throws Exception {
        Files.write(
                Files.createDirectories(Path.of("target/faults")).resolve("database.txt"),
                told,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        shut();
        if (mounted.isPresent()) {
            run("umount", "-l", mounted.get().toString());
        }
    }

    private void shut() throws Exception {
        link.heal();
        front.close();
        plant.close();
        link.close();
        server.close();
    }

    @Test
    void connectionsAreResetEverySecond() throws Exception {
        survives(
                "reset every second",
                16 * POOLED,
                () -> every(Duration.ofSeconds(1), link::resetConnections),
                () -> {});
    }

    @Test
    void connectionsAreRefused() throws Exception {
        survives("refused", TRIES, () -> during(link::refuse), link::heal);
    }

    @Test
    void everythingIsDroppedSilently() throws Exception {
        survives("silent", TRIES, () -> during(link::goSilent), link::heal);
    }

    @Test
    void theConnectionsThatThereAreAreDroppedSilently() throws Exception {
        survives("old connections silent", TRIES, () -> during(link::silenceConnections), () -> {});
    }

    @Test
    void backendsAreStopped() throws Exception {
        List<String> stopped = new ArrayList<>();
        survives(
                "backends stopped",
                TRIES,
                () -> during(() -> {
                    stopped.addAll(texts("select pid from pg_stat_activity where application_name like 'halftone%'"));
                    signal("-STOP", stopped);
                }),
                () -> signal("-CONT", stopped));
        assertThat(stopped).isNotEmpty();
    }

    @Test
    void theServerIsRestartedAgainAndAgain() throws Exception {
        // Fast shutdown: sessions end with 57P01, connecting ones with 57P03; it is started again by its watch.
        survives(
                "restarted",
                3 * (POOLED + TRIES),
                () -> every(Duration.ofSeconds(5), () -> signal("-INT", List.of(postmaster()))),
                () -> {});
    }

    @Test
    void backendsCrashAndTheServerRecovers() throws Exception {
        survives(
                "crash recovery",
                3 * (POOLED + TRIES),
                () -> every(
                        Duration.ofSeconds(5),
                        () -> signal(
                                "-KILL",
                                texts("select pid from pg_stat_activity where application_name = 'halftone' limit 1"))),
                () -> {});
    }

    @Test
    void theServerIsReadOnly() throws Exception {
        survives("read-only", 4 * POOLED, () -> during(() -> readOnly("on")), () -> readOnly("off"));
    }

    @Test
    void theDiskIsFull() throws Exception {
        Path small = disk("48m");
        Path space = Files.createDirectory(small.resolve("space"));
        // Items and rows to come are written there.
        execute("create tablespace small location '" + space + "'");
        for (String table : List.of("item", "manifest_row")) {
            execute("alter table " + table + " set tablespace small");
        }
        Path filling = small.resolve("filling");
        survives("disk full", TRIES, () -> during(() -> fill(filling)), () -> Files.delete(filling));
        assertThat(answers)
                .as("uploads that were refused for want of disk")
                .anyMatch(answer -> answer.what().startsWith("POST") && answer.status() == 503);
    }

    /// The server panics when it can't write its log, and can't start again before there is space.
    @Test
    void theDiskOfTheWriteAheadLogIsFull() throws Exception {
        Path small = disk("128m");
        shut();
        Path log;
        try (Stream<Path> files = Files.walk(folder.resolve("pg"))) {
            log = files.filter(file -> file.endsWith("pg_wal")).findFirst().orElseThrow();
        }
        run("cp", "-a", log.toString(), small.resolve("pg_wal").toString());
        Files.move(log, log.resolveSibling("pg_wal_before"));
        Files.createSymbolicLink(log, small.resolve("pg_wal"));
        start();
        Path filling = small.resolve("filling");
        int before = Integer.parseInt(postmaster());
        survives(
                "log's disk full",
                3 * TRIES,
                () -> {
                    fill(filling);
                    every(Duration.ofMillis(500), this::nextSegment);
                },
                () -> Files.delete(filling));
        assertThat(postmaster()).as("the server had to start anew").isNotEqualTo(String.valueOf(before));
    }

    private void nextSegment() {
        try {
            execute("select pg_switch_wal()");
        } catch (SQLException gone) {
            // As it should be.
        }
    }

    private Path disk(String size) throws IOException, InterruptedException {
        Path small = Files.createDirectory(folder.resolve("small"));
        assertThat(run("mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=777", "tmpfs", small.toString()))
                .as("mounting a small disk needs root")
                .isZero();
        mounted = Optional.of(small);
        return small;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private void survives(String name, int most, Fault inject, Fault recover) throws Exception {
        await().atMost(Plant.LIMIT).until(() -> progress().completed() > 200);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> clients = List.of(
                client(over, () -> front.get("/api/batches/" + batch)),
                client(over, () -> front.get("/api/batches?limit=5")),
                client(over, () -> front.get("/api/batches/" + batch + "/output.ndjson")),
                client(over, () -> front.submit(UPLOAD)));
        link.connects();
        inject.set();
        int connects = link.connects();
        recover.set();
        long ended = System.nanoTime();
        long stuckAt = await().atMost(BACK).ignoreExceptions().until(this::completed, done -> true);
        Duration back = await().atMost(BACK)
                .ignoreExceptions()
                .until(
                        () -> Duration.ofNanos(System.nanoTime() - ended),
                        took -> completed() >= Math.min(ITEMS, stuckAt + 64));
        over.set(true);
        for (Thread client : clients) {
            client.join();
        }
        await().atMost(Plant.LIMIT)
                .ignoreExceptions()
                .until(
                        () -> plant.batches.find(Owner.LOCAL, batch).orElseThrow(),
                        found -> found.state().isFinal());

        tell(name, connects, back);
        assertThat(back).isLessThan(BACK);
        assertThat(progress().completed()).isEqualTo(ITEMS);
        assertThat(count("select count(*) from item where batch = (select key from batch where id = '" + batch
                        + "') and state = 'completed'"))
                .isEqualTo(ITEMS);
        assertThat(count("select count(*) from item where crashes > 0")).isZero();
        assertThat(answers).allSatisfy(DatabaseFaultsTest::isAsPromised);
        assertThat(connects).as("connections during the fault").isLessThan(most);
        await().atMost(BACK).until(() -> front.get("/health/ready").status() == 200);
    }

    private static void isAsPromised(Front.Answer answer) {
        assertThat(answer.took()).as(answer.toString()).isLessThan(PROMISED);
        if (answer.status() == 0) {
            // Its head was sent before the fault: it is cut off in a way that the client can tell.
            assertThat(answer.what()).endsWith("/output.ndjson");
            assertThat(answer.body()).contains("chunked transfer encoding");
        } else if (answer.status() != 200 && answer.status() != 202) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.retryAfter()).isEqualTo("5");
            assertThat(answer.body()).contains("\"code\":\"unavailable\"");
        }
    }

    private void tell(String name, int connects, Duration back) {
        long refused = answers.stream().filter(answer -> answer.status() == 503).count();
        long slowest = answers.stream()
                .mapToLong(answer -> answer.took().toMillis())
                .max()
                .orElse(0);
        told.add(
                "%-24s answers %d, of them 503 %d, the slowest after %d ms; connects %d; on again after %d ms; %d of %d processed again"
                        .formatted(
                                name,
                                answers.size(),
                                refused,
                                slowest,
                                connects,
                                back.toMillis(),
                                processed.get() - ITEMS,
                                ITEMS));
    }

    private Thread client(AtomicBoolean over, java.util.function.Supplier<Front.Answer> request) {
        return Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                answers.add(request.get());
                pass(Duration.ofMillis(300));
            }
        });
    }

    private void during(Fault fault) throws Exception {
        fault.set();
        pass(FAULT);
    }

    private void every(Duration pause, Fault fault) throws Exception {
        for (Duration passed = Duration.ZERO; passed.compareTo(FAULT) < 0; passed = passed.plus(pause)) {
            fault.set();
            pass(pause);
        }
    }

    private static void pass(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private BatchProgress progress() {
        return plant.batches.find(Owner.LOCAL, batch).orElseThrow().progress();
    }

    private long completed() {
        try {
            return count("select completed from batch where id = '" + batch + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String postmaster() {
        return String.valueOf(server.pid().orElseThrow());
    }

    private static void signal(String signal, List<String> pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        command.addAll(pids);
        new ProcessBuilder(command).start().waitFor();
    }

    private void readOnly(String onOrOff) throws SQLException {
        execute("alter system set default_transaction_read_only = " + onOrOff);
        execute("select pg_reload_conf()");
    }

    private static void fill(Path file) throws IOException {
        try (RandomAccessFile filling = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] some = new byte[1 << 16];
            while (true) {
                filling.write(some);
            }
        } catch (IOException full) {
            // As it should be.
        }
    }

    /// Straight to the server, past the link.
    private Connection direct() throws SQLException {
        PostgresSettings settings = server.settings();
        return DriverManager.getConnection(
                settings.url(),
                settings.user().orElseThrow(),
                settings.password().orElseThrow());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = direct();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        return Long.parseLong(texts(sql).getFirst());
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = direct();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
