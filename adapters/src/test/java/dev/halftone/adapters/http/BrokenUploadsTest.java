package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.http.access.Door;
import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.manifest.ManifestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Uploads whose client goes in the middle, and forms that are made to fill the memory.
class BrokenUploadsTest {
    private static final int LARGE = 6 << 20;
    private static final int HALF = 3 << 20;
    private static final String TYPE = "multipart/form-data; boundary=" + Form.BOUNDARY;

    private final RunningServer running = new RunningServer(new RunningServer.Setup(
            ClientLimits.DEFAULT,
            new LineManifest(),
            new LineManifest(),
            new ManifestLimits(8 << 20, 1_000, 10, 1_000),
            Door.OPEN));

    @AfterEach
    void stop() {
        running.close();
    }

    private long spooled() {
        try (Stream<Path> files = Files.list(running.spool)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Older Jettys kept parts without a file name in memory (CVE-2023-26048); so what has come must be on the disk.
    @ParameterizedTest
    @CsvSource({"true,true", "false,true", "false,false"})
    void leaveNothingBehind(boolean named, boolean reset) {
        Form form = named
                ? new Form().file("file", "a.csv", "x".repeat(LARGE))
                : new Form().field("file", "x".repeat(LARGE));
        Wire client = new Wire(running.server.port());
        client.say("POST /api/batches HTTP/1.1\r\nHost: x\r\nContent-Type: " + TYPE + "\r\nContent-Length: " + LARGE
                + "\r\n\r\n" + form.text().substring(0, HALF));
        await().untilAsserted(() -> assertThat(spooled()).isGreaterThan(HALF - (64 << 10)));

        if (reset) {
            client.reset();
        } else {
            client.close();
        }

        await().untilAsserted(() -> {
            assertThat(running.spool).isEmptyDirectory();
            assertThat(running.server.connections()).isZero();
        });
        assertThat(running.objects.keys()).isEmpty();
        assertThat(running.batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void aFormHasSoManyPartsAndNoMore() {
        Form form = new Form();
        for (int i = 0; i < 101; i++) {
            form.field("f" + i, "x".repeat(16_000));
        }
        assertThat(assertProblem(
                                running.postForm("/api/batches", form.file("file", "a.csv", "x")),
                                413,
                                "too_many_parts")
                        .get("detail")
                        .asText())
                .contains("100");
        assertThat(running.spool).isEmptyDirectory();
    }

    @Test
    void aProgramThatSendsAPageItsFormIsAnsweredAsOne() {
        String[] headers = {"Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json"};
        assertProblem(running.postCsv("/batches", "file=x", headers), 415, "unsupported_media_type");
        headers[3] = "text/html,*/*;q=0.8";
        assertThat(running.postCsv("/batches", "file=x", headers).body()).contains("<!doctype html>", "role=\"alert\"");
    }
}
