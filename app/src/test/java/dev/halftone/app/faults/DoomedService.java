package dev.halftone.app.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.JdbiNodes;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import dev.halftone.app.journey.Api;
import dev.halftone.app.journey.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A service that is started, killed and started again, with what stays up around it: its PostgreSQL, the link
/// to it, an image host and a webhook receiver.
final class DoomedService implements AutoCloseable {
    private static final int ROW = 5;

    final SqlLink link;
    final CatalogueHost host;
    final StatusReceiver receiver = new StatusReceiver();
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final Map<String, String> settings;
    private final String address;
    private Optional<Program> running = Optional.empty();

    DoomedService(Path folder, boolean faults) throws Exception {
        this.folder = folder;
        this.host = new CatalogueHost(faults);
        this.postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        this.database = Database.open(postgres.settings());
        this.link = new SqlLink(URI.create(postgres.settings().url().substring("jdbc:".length()))
                .getPort());
        int port = freePort();
        this.address = "http://127.0.0.1:" + port;
        this.settings = Map.of(
                "HALFTONE_PORT",
                String.valueOf(port),
                "HALFTONE_DATA_DIR",
                folder.resolve("data").toString(),
                "HALFTONE_OUTBOUND_ALLOW",
                "127.0.0.1",
                "HALFTONE_HOST_CONCURRENCY",
                "32");
    }

    /// Starts the service over the link, with a command around it.
    void start(List<String> around) throws Exception {
        start(link.port(), around);
    }

    /// What a new process does when it can be sure that no other lives, as with the embedded database: the work
    /// of the dead is free at once rather than after their heartbeats were missed.
    void restart() throws Exception {
        running.ifPresent(Program::close);
        new JdbiNodes(database).buryAll();
        start(List.of());
    }

    private void start(int port, List<String> around) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("HALFTONE_DATABASE_URL", url(port));
        Program program = Program.start(folder, all, around, "serve");
        running = Optional.of(program);
        program.awaitAddress();
    }

    void kill() {
        running.orElseThrow().killNow();
    }

    boolean isDead() {
        return !running.orElseThrow().isAlive();
    }

    /// Ends the service in order.
    void stop() {
        running.ifPresent(Program::close);
        running = Optional.empty();
    }

    /// Submits a batch of products with five images each, under a key, so that it may be submitted again.
    ///
    /// @return its id, or nothing when the service died meanwhile
    Optional<String> submit(String name, int items) throws Exception {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < items; i += ROW) {
            csv.append(i / ROW + 1).append(",P").append(i / ROW + 1).append(",\"");
            for (int j = i; j < i + ROW; j++) {
                csv.append(j == i ? "" : ", ").append(host.url(name, j));
            }
            csv.append("\"\n");
        }
        try (Api api = api()) {
            HttpResponse<String> answer = api.post(
                    "/api/batches?webhookUrl=" + receiver.url(), "text/csv", csv.toString(), "Idempotency-Key", name);
            if (answer.statusCode() != 202) {
                throw new AssertionError(answer.body());
            }
            return Optional.of(Api.json(answer).get("requestId").asText());
        } catch (IOException died) {
            return Optional.empty();
        }
    }

    JsonNode awaitEnd(String requestId) throws Exception {
        try (Api api = api()) {
            return api.awaitEnd(requestId);
        }
    }

    Api api() {
        return new Api(address);
    }

    /// Runs `halftone` with the same settings, beside the service.
    Program.Ended command(String... arguments) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "HALFTONE_DATABASE_URL",
                url(URI.create(postgres.settings().url().substring("jdbc:".length()))
                        .getPort()));
        return Program.run(folder, all, arguments);
    }

    int number(String sql) throws SQLException {
        PostgresSettings server = postgres.settings();
        try (Connection connection = DriverManager.getConnection(
                        server.url(),
                        server.user().orElseThrow(),
                        server.password().orElseThrow());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String url(int port) {
        PostgresSettings server = postgres.settings();
        String path = URI.create(server.url().substring("jdbc:".length())).getPath();
        return "jdbc:postgresql://127.0.0.1:" + port
                + path + "?sslmode=disable&gssEncMode=disable&prepareThreshold=0&user="
                + server.user().orElseThrow() + "&password=" + server.password().orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        link.close();
        receiver.close();
        host.close();
        database.close();
        postgres.close();
    }
}
