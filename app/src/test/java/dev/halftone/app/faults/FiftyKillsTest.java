package dev.halftone.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty batches of 2,000 images, in each of which the service is killed at a random moment.
@Tag("faults")
class FiftyKillsTest {
    private static final int SEED = 20261121;
    private static final int KILLS = Integer.getInteger("halftone.kills", 50);
    private static final int ITEMS = 2_000;

    @TempDir
    Path folder;

    @Test
    void everyBatchEndsRight() throws Exception {
        Random random = new Random(SEED);
        Path report = Files.createDirectories(Path.of("target/faults")).resolve("fifty-kills.txt");
        Files.writeString(report, "kill, at request, done, in flight, fetched again, deliveries, until the end s\n");
        try (DoomedService service = new DoomedService(folder, false)) {
            service.start(List.of());
            for (int kill = 1; kill <= KILLS; kill++) {
                String name = "kill-" + kill;
                int moment = 1 + random.nextInt(ITEMS - 1);
                service.host.watch(served -> {
                    if (served.number() == moment) {
                        service.kill();
                    }
                });
                service.submit(name, ITEMS);
                await().atMost(Duration.ofSeconds(120)).until(service::isDead);
                int inFlight = service.number("select coalesce(sum(copies), 0) from item where state = 'processing'");
                int done = service.number("select count(*) from item where state = 'completed'") - (kill - 1) * ITEMS;
                long killed = System.nanoTime();

                service.restart();
                String batch = service.submit(name, ITEMS).orElseThrow();
                JsonNode status = service.awaitEnd(batch);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> service.number("select count(*) from delivery where state <> 'delivered'") == 0);

                int again = service.host.repeated(name, ITEMS);
                Files.writeString(
                        report,
                        String.format(
                                Locale.ROOT,
                                "%2d %4d %4d %3d %3d %d %4.1f%n",
                                kill,
                                moment,
                                done,
                                inFlight,
                                again,
                                service.receiver.told(batch).size(),
                                (System.nanoTime() - killed) / 1e9),
                        StandardOpenOption.APPEND);
                Whole.check(service, status, batch, ITEMS);
                assertThat(again).as("fetched again").isLessThanOrEqualTo(inFlight);
                assertThat(service.receiver.told(batch).stream()
                                .map(StatusReceiver.Told::id)
                                .distinct())
                        .hasSize(1);
            }
        }
    }
}
