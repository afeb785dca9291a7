package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes of the program on one PostgreSQL: they join, leave, die, freeze and wake up in the middle of
/// a batch. Leases and heartbeats are those of production: 30 s and 6 s.
@Tag("faults")
class NodesTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private EmbeddedPostgres postgres;
    private ImageHost host;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        // Four nodes are more than an embedded server is for.
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set max_connections = 100");
        }
        postgres.close();
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        host = new ImageHost();
        settings = Map.of(
                "HALFTONE_PORT",
                "0",
                "HALFTONE_DATA_DIR",
                folder.resolve("data").toString(),
                "HALFTONE_DATABASE_URL",
                url(),
                "HALFTONE_OUTBOUND_ALLOW",
                "127.0.0.1",
                "HALFTONE_HOST_CONCURRENCY",
                "12");
    }

    @AfterEach
    void stop() throws Exception {
        host.openGate();
        while (!open.isEmpty()) {
            open.pop().close();
        }
        host.close();
        postgres.close();
    }

    @Test
    void twoProcessesFetchEveryImageOnce() throws Exception {
        Api api = api(program("serve"));
        program("worker").awaitWork();

        long began = System.nanoTime();
        JsonNode status = api.awaitEnd(submitted(api, csv(2_000, "/open/")));

        assertThat(status.get("counts").get("completed").asInt()).isEqualTo(2_000);
        assertThat(host.requests()).isEqualTo(2_000);
        assertThat(host.mostRequests()).isEqualTo(1);
        assertThat(count("select count(distinct node) from item")).isEqualTo(2);
        tell("two processes", "2,000 images, %d requests, %d s".formatted(host.requests(), seconds(began)));
    }

    @Test
    void nodesJoinLeaveDieFreezeAndWakeUp() throws Exception {
        long began = System.nanoTime();
        Api api = api(program("serve"));
        Program leaving = program("worker").awaitWork();
        String id = submitted(api, csv(4_500, "/slow/300/"));
        awaitCompleted(api, id, 150);
        Program freezing = program("serve");
        Api other = api(freezing);
        Program dying = program("worker").awaitWork();
        awaitRunning(4);

        leaving.signal("-TERM");
        Duration left = leaving.awaitEnd();
        awaitCompleted(api, id, completed(api, id) + 100);
        dying.kill();
        freezing.signal("-STOP");
        // Longer than the lease: others take over what it has.
        TimeUnit.SECONDS.sleep(50);
        freezing.signal("-CONT");

        JsonNode status = api.awaitEnd(id);
        assertThat(status.get("counts").get("completed").asInt()).isEqualTo(4_500);
        assertThat(status.get("counts").get("failed").asInt()).isZero();
        assertThat(left).isLessThan(Duration.ofSeconds(22));
        assertThat(other.json("/api/batches/" + id)
                        .get("counts")
                        .get("completed")
                        .asInt())
                .as("as the one that was frozen tells it")
                .isEqualTo(4_500);
        await().atMost(LIMIT).until(() -> other.get("/health/ready").statusCode() == 200);
        assertThat(api.get("/api/batches/" + id + "/output.csv").body().lines().skip(1))
                .hasSize(4_500)
                .allMatch(line -> line.matches("\\d+,P\\d+,[^,]+,http[^,]+\\.jpg"));
        assertThat(count("select count(*) from item where state <> 'completed' or attempts < 1"))
                .isZero();
        assertThat(count("select count(*) from slice_queue where picked")).isZero();
        assertThat(host.requests())
                .as("only what the dead and the frozen one had is fetched again")
                .isLessThanOrEqualTo(4_500 + 2 * 64);
        tell(
                "four processes",
                "4,500 images, %d requests, one left after %d ms, one killed, one frozen for 50 s, %d s in all"
                        .formatted(host.requests(), left.toMillis(), seconds(began)));
    }

    @Test
    void aServiceThatStopsTakesNothingInAndHandsBackUncounted() throws Exception {
        host.closeGate();
        Program stopping = program("serve");
        Api api = api(stopping);
        String id = submitted(api, csv(40, "/open/") + rows(40, 20, "/gate/"));
        awaitCompleted(api, id, 40);
        await().atMost(LIMIT).until(() -> host.requests() > 40);

        stopping.signal("-TERM");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.get("/health/ready").statusCode() == 503);
        HttpResponse<String> refused = api.submit(csv(1, "/open/"), "");
        assertThat(api.get("/api/batches/" + id).statusCode()).isEqualTo(200);
        Duration took = stopping.awaitEnd();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(Api.json(refused).get("code").asText()).isEqualTo("stopping");
        assertThat(took).isLessThan(Duration.ofSeconds(22));
        assertThat(count("select count(*) from item where state = 'pending' and attempts = 0 and crashes = 0"))
                .isEqualTo(20);
        assertThat(count("select count(*) from slice_queue where picked")).isZero();

        host.openGate();
        long again = System.nanoTime();
        JsonNode status = api(program("serve")).awaitEnd(id);
        assertThat(status.get("counts").get("completed").asInt()).isEqualTo(60);
        assertThat(count("select count(*) from item where attempts <> 1")).isZero();
        tell(
                "SIGTERM with items that hang",
                "ended after %d ms, 20 items handed back, done %d s after the next start"
                        .formatted(took.toMillis(), seconds(again)));
    }

    @Test
    void clocksThatAreADayOffChangeNothing() throws Exception {
        Path faketime = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
        assumeTrue(Files.exists(faketime), "libfaketime is not installed (Debian package faketime)");
        long began = System.nanoTime();
        Api api = api(program("serve"));
        program("worker", clock(faketime, "-1d")).awaitWork();
        Program ahead = program("worker", clock(faketime, "+1d")).awaitWork();
        // Slices that run for longer than the lease.
        String id = submitted(api, csv(1_000, "/slow/2000/"));
        awaitCompleted(api, id, 900);
        assertThat(host.mostRequests()).as("no lease was lost").isEqualTo(1);
        ahead.kill();

        // What the killed one had runs one at a time: one of them may have killed it.
        awaitCompleted(api, id, 1_000);
        JsonNode status = api.awaitEnd(id);

        assertThat(status.get("counts").get("completed").asInt()).isEqualTo(1_000);
        assertThat(count("select count(*) from item where ended < begun or ended > now() + interval '1 minute'"))
                .isZero();
        assertThat(count("select count(distinct node) from item")).isEqualTo(3);
        assertThat(count("select count(*) from item where crashes > 0"))
                .as("only what the killed one had")
                .isLessThanOrEqualTo(100);
        tell("clocks a day off", "1,000 images, %d requests, %d s".formatted(host.requests(), seconds(began)));
    }

    private static Map<String, String> clock(Path faketime, String offset) {
        // The last one: without it, waits for a time end at once.
        return Map.of(
                "LD_PRELOAD",
                faketime.toString(),
                "FAKETIME",
                offset,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private Program program(String command) throws Exception {
        return program(command, Map.of());
    }

    private Program program(String command, Map<String, String> more) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        Program program = Program.start(folder, all, command);
        open.push(program);
        return program;
    }

    private Api api(Program service) throws Exception {
        Api api = new Api(service.awaitAddress());
        open.push(api);
        return api;
    }

    private static String submitted(Api api, String csv) throws Exception {
        HttpResponse<String> answer = api.submit(csv, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Api.json(answer).get("requestId").asText();
    }

    private String csv(int rows, String path) throws Exception {
        return "S. No.,Product Name,Input Image Urls\n" + rows(0, rows, path);
    }

    private String rows(int from, int rows, String path) throws Exception {
        StringBuilder csv = new StringBuilder();
        byte[] picture = Pictures.jpeg(40, 30, 1);
        for (int i = from; i < from + rows; i++) {
            String image = path + i + ".jpg";
            host.put(image, picture);
            csv.append(i)
                    .append(",P")
                    .append(i)
                    .append(',')
                    .append(host.url(image))
                    .append('\n');
        }
        return csv.toString();
    }

    private static int completed(Api api, String id) throws Exception {
        return api.json("/api/batches/" + id).get("counts").get("completed").asInt();
    }

    private static void awaitCompleted(Api api, String id, int items) {
        await().atMost(LIMIT).until(() -> completed(api, id) >= items);
    }

    /// Until so many nodes have a part of what runs.
    private void awaitRunning(int nodes) {
        await().atMost(LIMIT)
                .until(() -> count("select count(distinct picked_by) from slice_queue where picked") >= nodes);
    }

    private static long seconds(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private static void tell(String what, String seen) throws Exception {
        Files.writeString(
                Files.createDirectories(Path.of("target/faults")).resolve("nodes.txt"),
                what + ": " + seen + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String url() {
        PostgresSettings server = postgres.settings();
        return server.url() + "?user=" + server.user().orElseThrow() + "&password="
                + server.password().orElseThrow();
    }
}
