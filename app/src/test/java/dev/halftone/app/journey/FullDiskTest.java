package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole service with its objects on a real disk that is full, and then read-only: a tmpfs of two megabytes, which
/// only root may mount. Where that is not allowed the test fails and says so; the same faults without a mount are in
/// `BadDiskTest`.
@Tag("faults")
class FullDiskTest {
    private static final int IMAGES = 80;

    @TempDir
    Path folder;

    private Path objects;
    private ImageHost host;

    @BeforeEach
    void mount() throws Exception {
        objects = Files.createDirectories(folder.resolve("data/objects"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", objects.toString());
        host = new ImageHost();
        for (int i = 0; i < IMAGES; i++) {
            host.put("/" + i + ".jpg", Pictures.jpeg(640, 480, i));
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (host != null) {
            host.close();
        }
        run("umount", objects.toString());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s said: %s. This test mounts a small disk: run it as root.", List.of(command), said)
                .isZero();
    }

    private void remount(String options) throws Exception {
        run("mount", "-o", "remount," + options, objects.toString());
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < IMAGES; i++) {
            csv.append(i).append(",P,").append(host.url("/" + i + ".jpg")).append('\n');
        }
        return csv.toString();
    }

    private static int refused(Api api, String id, String code) throws Exception {
        return Api.json(api.get("/api/batches/" + id + "/items?limit=500&code=" + code))
                .get("items")
                .size();
    }

    @Test
    void imagesWaitForSpaceAndForTheRightToWrite() throws Exception {
        Map<String, String> settings =
                Map.of("HALFTONE_PORT", "0", "HALFTONE_OUTBOUND_ALLOW", "127.0.0.1", "HALFTONE_HOST_CONCURRENCY", "50");
        StringBuilder report = new StringBuilder();
        try (Program service = Program.start(folder, settings, "serve");
                Api api = new Api(service.awaitAddress())) {
            String full = Api.json(api.submit(csv(), "")).get("requestId").asText();
            await().atMost(Duration.ofMinutes(1)).until(() -> refused(api, full, "storage_full") > 0);
            int waiting = refused(api, full, "storage_full");
            HttpResponse<String> large = api.submit(csv() + "x,".repeat(1 << 20), "");
            assertThat(large.statusCode()).as(large.body()).isEqualTo(507);
            assertThat(Program.run(folder, settings, "verify").status())
                    .as("nothing is done that is not stored")
                    .isZero();
            remount("size=64m");
            long free = System.nanoTime();
            assertThat(completed(api, full)).isEqualTo(IMAGES);
            report.append("full: %d images waited at once; all done %d s after space was back\n"
                    .formatted(
                            waiting, Duration.ofNanos(System.nanoTime() - free).toSeconds()));

            remount("ro");
            HttpResponse<String> readOnly = api.submit(csv(), "");
            assertThat(readOnly.statusCode()).as(readOnly.body()).isEqualTo(503);
            remount("rw");
            String id =
                    Api.json(api.submit(csv(), "?quality=40")).get("requestId").asText();
            remount("ro");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> refused(api, id, "storage_unavailable") > 0 || isDone(api, id));
            int unwritten = refused(api, id, "storage_unavailable");
            remount("rw");
            long writable = System.nanoTime();
            assertThat(completed(api, id)).isEqualTo(IMAGES);
            report.append("read-only: %d images waited at once; all done %d s after it could be written\n"
                    .formatted(
                            unwritten,
                            Duration.ofNanos(System.nanoTime() - writable).toSeconds()));
        }
        Program.Ended verified = Program.run(folder, settings, "verify", "--settled");
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        try (Stream<Path> left = Files.list(objects.resolve(".tmp"))) {
            assertThat(left).isEmpty();
        }
        Files.writeString(Files.createDirectories(Path.of("target/faults")).resolve("disk.txt"), report.toString());
    }

    private static boolean isDone(Api api, String id) throws Exception {
        return api.json("/api/batches/" + id).get("finishedAt").isTextual();
    }

    /// Up to the third attempt, twenty seconds after the second and a fifth more.
    private static int completed(Api api, String id) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> isDone(api, id));
        try {
            JsonNode status = api.json("/api/batches/" + id);
            return status.get("counts").get("completed").asInt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
