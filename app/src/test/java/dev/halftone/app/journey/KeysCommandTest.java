package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.postgres.PostgresSettings;
import dev.halftone.adapters.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys made and revoked beside a service that runs, and where their secrets do not go: the program as its operator
/// has it, with keys, sessions, webhooks and a bucket.
class KeysCommandTest {
    private static final String BUCKET = "pictures";
    private static final String S3_SECRET = "s3cr3t-of-the-tests";
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    Path folder;

    private final Map<String, String> secrets = new LinkedHashMap<>();

    @Test
    void keysAreMadeAndRevokedWhileTheServiceRunsAndNoSecretIsKept() throws Exception {
        S3Proxy s3 = bucket();
        String database;
        Program service;
        try (ImageHost host = new ImageHost()) {
            host.put("/a.jpg", Pictures.jpeg(64, 48, 1));
            Map<String, String> settings = settings(s3.getPort());
            service = Program.start(folder, settings, "serve");
            try (service) {
                String base = service.awaitAddress();
                Program.Ended made = Program.run(folder, settings, "keys", "create", "shop", "--rate", "600");
                assertThat(made.status()).as(made.err()).isZero();
                assertThat(made.out()).matches("hft_[0-9a-hjkmnp-tv-z]{32}\\n");
                assertThat(made.err()).contains("shown this once");
                String key = made.out().strip();
                secrets.put("key", key.substring("hft_".length()));

                use(new Api(base, "Authorization", "Bearer " + key), new Api(base), key, host);

                Program.Ended revoked = Program.run(folder, settings, "keys", "revoke", key.substring(0, 12));
                assertThat(revoked.out()).contains("shop", "is revoked").doesNotContain(key);
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> new Api(base, "X-Api-Key", key)
                                        .get("/api/batches")
                                        .statusCode()
                                == 401);
                database = dump();
            }
        } finally {
            s3.stop();
        }
        secrets.put("the S3 secret", S3_SECRET);
        secrets.put(
                "the sealing key",
                Files.readString(folder.resolve("data/secret.key")).strip());
        secrets.put(
                "the database's password",
                Files.readString(folder.resolve("data/postgres/password")).strip());

        String log = service.log();
        assertThat(log).contains("there is none yet", "works", "ended");
        assertThat(database).contains("shop", "sealed:1:", "/hook");
        String server = Files.readString(folder.resolve("data/postgres/server.log"));
        assertThat(secrets).hasSize(7);
        secrets.forEach((what, secret) -> {
            assertThat(database).as("the database holds %s", what).doesNotContain(secret);
            assertThat(log).as("the log holds %s", what).doesNotContain(secret);
            assertThat(server).as("the database's log holds %s", what).doesNotContain(secret);
        });
    }

    /// Everything that a secret takes part in, mistakes included.
    private void use(Api shop, Api nobody, String key, ImageHost host) throws Exception {
        String csv = "S. No.,Product Name,Input Image Urls\n1,Cup," + host.url("/a.jpg") + "\n";
        JsonNode submitted = Api.json(shop.submit(csv, "?webhookUrl=" + host.url("/hook")));
        secrets.put("the webhook's secret", base64(submitted));
        shop.awaitEnd(submitted.get("requestId").asText());
        String batch = "/api/batches/" + submitted.get("requestId").asText();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> shop.json(batch + "/deliveries")
                        .at("/deliveries/0/status")
                        .asText()
                        .equals("delivered"));
        String endpoint =
                shop.json("/api/webhooks").at("/webhooks/0/endpointId").asText();
        secrets.put(
                "its new secret",
                base64(Api.json(shop.post("/api/webhooks/" + endpoint + "/rotate", "text/plain", ""))));

        String cookie = nobody.send("POST", "/login", FORM, "key=" + key)
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        secrets.put("the session", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        assertThat(nobody.get("/batches", "Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .body())
                .doesNotContain(key);

        List<String> problems = new ArrayList<>();
        problems.add(shop.get("/api/batches/nothing").body());
        problems.add(shop.submit("no csv", "?webhookUrl=nonsense").body());
        problems.add(nobody.get("/api/batches", "Authorization", "Bearer " + key + "x")
                .body());
        problems.add(nobody.send("POST", "/login", FORM, "key=" + key + "x").body());
        problems.add(shop.post("/api/webhooks/" + endpoint + "/enable", "text/plain", "")
                .body());
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem).isNotEmpty().doesNotContain(key));
    }

    /// Without the prefix that every secret has.
    private static String base64(JsonNode answer) {
        return answer.get("webhookSecret").asText().substring("whsec_".length());
    }

    private Map<String, String> settings(int s3Port) {
        return Map.ofEntries(
                Map.entry("HALFTONE_PORT", "0"),
                Map.entry("HALFTONE_DATA_DIR", folder.resolve("data").toString()),
                Map.entry("HALFTONE_API_KEYS", "required"),
                Map.entry("HALFTONE_LOG_LEVEL", "DEBUG"),
                Map.entry("HALFTONE_OUTBOUND_ALLOW", "127.0.0.1"),
                Map.entry("HALFTONE_STORAGE", "s3"),
                Map.entry("HALFTONE_S3_BUCKET", BUCKET),
                Map.entry("HALFTONE_S3_ENDPOINT", "http://127.0.0.1:" + s3Port),
                Map.entry("HALFTONE_S3_ACCESS_KEY", "AKHALFTONE"),
                Map.entry("HALFTONE_S3_SECRET_KEY", S3_SECRET));
    }

    private S3Proxy bucket() throws Exception {
        Path buckets = Files.createDirectories(folder.resolve("buckets"));
        Files.createDirectories(buckets.resolve(BUCKET));
        S3Proxy s3 = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(buckets.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "AKHALFTONE", S3_SECRET)
                .metricsEnabled(false)
                .build();
        s3.start();
        return s3;
    }

    /// Every row of every table, as text.
    private String dump() throws Exception {
        PostgresSettings running =
                EmbeddedPostgres.running(folder.resolve("data/postgres")).orElseThrow();
        StringBuilder dump = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(
                        running.url(),
                        running.user().orElseThrow(),
                        running.password().orElseThrow());
                Statement statement = connection.createStatement()) {
            for (String table : column(
                    statement, "select quote_ident(tablename) from pg_tables where schemaname = 'public' order by 1")) {
                column(statement, "select cast(t as text) from " + table + " t")
                        .forEach(row -> dump.append(row).append('\n'));
            }
        }
        return dump.toString();
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
