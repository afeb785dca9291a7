package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand events, a receiver that refuses every other message, a service that is killed ten times: 250
/// batches of four images tell three milestones and their end.
@Tag("faults")
class WebhooksThroughKillsTest {
    private static final int SEED = 20261121;
    private static final int KILLS = 10;
    private static final int BATCHES = 250;
    private static final int EVENTS = 4 * BATCHES;
    private static final int HOOKS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(8);

    /// What waits for its next attempt is attempted now: the schedule's hours are not what is tested here. One
    /// statement, so that it sees a delivery and its place in the queue at the same moment.
    private static final String MAKE_DUE = """
            with due as (
              update delivery set next_attempt = now() where state = 'waiting' and next_attempt > now() returning id)
            update delivery_queue q set execution_time = now() from due
             where due.id = q.task_instance and not q.picked
            """;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Set<Integer> known = new HashSet<>();
    private final ScheduledExecutorService nudge = Executors.newSingleThreadScheduledExecutor();
    private EmbeddedPostgres postgres;
    private ImageHost images;
    private NodeReceiver receiver;
    private Map<String, String> settings;
    private int submitted;
    private int replayed;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        images = new ImageHost();
        for (int i = 0; i < 4; i++) {
            images.put("/" + i + ".jpg", Pictures.jpeg(48, 32, i));
        }
        receiver = NodeReceiver.start(Files.createDirectory(folder.resolve("receiver")), SEED);
        settings = Map.of(
                "HALFTONE_PORT",
                "0",
                "HALFTONE_DATA_DIR",
                folder.resolve("data").toString(),
                "HALFTONE_DATABASE_URL",
                url(),
                "HALFTONE_OUTBOUND_ALLOW",
                "127.0.0.1");
    }

    @AfterEach
    void stop() {
        nudge.shutdownNow();
        receiver.close();
        images.close();
        postgres.close();
    }

    @Test
    void everyEventArrives() throws Exception {
        long began = System.nanoTime();
        for (int life = 0; life < KILLS; life++) {
            try (Program service = Program.start(folder, settings, "serve");
                    Api api = new Api(service.awaitAddress())) {
                if (life == 0) {
                    nudge.scheduleWithFixedDelay(this::makeDue, 1, 1, TimeUnit.SECONDS);
                }
                int before = requests();
                submit(api, BATCHES / KILLS);
                int enough = before + 10 + random.nextInt(60);
                await().atMost(Duration.ofMinutes(2)).until(() -> requests() >= enough);
                service.kill();
            }
        }
        try (Program service = Program.start(folder, settings, "serve");
                Api api = new Api(service.awaitAddress())) {
            await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> everythingIsDelivered(api));
        }
        JsonNode report = receiver.report();
        Files.writeString(
                Files.createDirectories(Path.of("target/faults")).resolve("webhooks.txt"),
                told(report, Duration.ofNanos(System.nanoTime() - began)));

        assertThat(count("select count(*) from event")).isEqualTo(EVENTS);
        assertThat(report.get("rejected").asInt())
                .as("signatures that did not verify")
                .isZero();
        assertThat(report.get("messages")).hasSize(EVENTS);
        Set<String> events = new HashSet<>();
        for (JsonNode message : report.get("messages")) {
            assertThat(message.get("accepted").asInt()).as(message.toString()).isPositive();
            assertThat(message.get("differentBodies").asInt()).isOne();
            events.add(message.get("batch").asText() + ":"
                    + message.get("sequence").asInt());
        }
        assertThat(events).as("each event under one id").hasSize(EVENTS);
        Program.Ended verified = Program.run(folder, settings, "verify", "--settled");
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
    }

    private void submit(Api api, int batches) throws Exception {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < 4; i++) {
            csv.append(i).append(",P,").append(images.url("/" + i + ".jpg")).append('\n');
        }
        for (int i = 0; i < batches; i++) {
            int hook = submitted++ % HOOKS;
            HttpResponse<String> answer =
                    api.submit(csv.toString(), "?webhookProgress=true&webhookUrl=" + receiver.hook(hook));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            if (known.add(hook)) {
                receiver.secret(hook, Api.json(answer).get("webhookSecret").asText());
            }
        }
    }

    private int requests() throws Exception {
        return receiver.report().get("requests").asInt();
    }

    /// What was given up after eight refusals in a row is sent again, as an operator does it.
    private boolean everythingIsDelivered(Api api) throws Exception {
        for (String id : texts("select id from delivery where state = 'given_up'")) {
            replayed++;
            assertThat(api.post("/api/deliveries/" + id + "/replay", "text/plain", "")
                            .statusCode())
                    .isEqualTo(202);
        }
        return count("select count(*) from delivery where state = 'delivered'") == EVENTS;
    }

    private String told(JsonNode report, Duration took) throws SQLException {
        return """
                events %d, distinct message ids that arrived %d
                kills %d, seconds in all %d
                requests %d: refused on purpose %d, before the receiver knew the secret %d, not verified %d, accepted %d
                attempts in the log %d, given up and replayed %d
                """.formatted(
                        EVENTS,
                        report.get("messages").size(),
                        KILLS,
                        took.toSeconds(),
                        report.get("requests").asInt(),
                        report.get("refused").asInt(),
                        report.get("early").asInt(),
                        report.get("rejected").asInt(),
                        report.get("accepted").asInt(),
                        count("select count(*) from delivery_attempt"),
                        replayed);
    }

    private void makeDue() {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(MAKE_DUE);
        } catch (SQLException later) {
            // Two were in each other's way: the next second does it.
        }
    }

    private int count(String sql) throws SQLException {
        return Integer.parseInt(texts(sql).getFirst());
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private String url() {
        PostgresSettings server = postgres.settings();
        return server.url() + "?user=" + server.user().orElseThrow() + "&password="
                + server.password().orElseThrow();
    }
}
