package dev.halftone.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.app.faults.CrashPoint.Call;
import dev.halftone.app.faults.CrashPoint.Get;
import dev.halftone.app.faults.CrashPoint.Hook;
import dev.halftone.app.faults.CrashPoint.Sql;
import dev.halftone.app.faults.StatusReceiver.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed at every named point of a batch of 40 products with five images each, one in twelve of
/// them faulty, and started again.
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointsTest {
    private static final int ITEMS = 200;

    @TempDir
    static Path folder;

    private DoomedService service;
    private Path report;

    @BeforeAll
    void prepare() throws Exception {
        service = new DoomedService(folder, true);
        report = Files.createDirectories(Path.of("target/faults")).resolve("crash-points.txt");
        Files.writeString(report, "point, died after s, in flight, fetched again, deliveries, whole run s\n");
    }

    @AfterAll
    void tidy() throws Exception {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> everyPoint() {
        return Stream.of(CrashPoint.values())
                .filter(point -> point.name()
                        .toLowerCase(Locale.ROOT)
                        .contains(System.getProperty("halftone.crash", "").toLowerCase(Locale.ROOT)))
                .map(point -> DynamicTest.dynamicTest("killed at " + point, () -> endsRight(point)));
    }

    private void endsRight(CrashPoint point) throws Exception {
        try {
            killAndGoOn(point);
        } finally {
            service.stop();
        }
    }

    private void killAndGoOn(CrashPoint point) throws Exception {
        String name = point.name().toLowerCase(Locale.ROOT);
        long began = System.nanoTime();
        service.start(point.place() instanceof Call call ? call.around() : List.of());
        boolean early = !(point.place() instanceof Sql sql) || sql.early();
        if (early) {
            arm(point);
        }
        Optional<String> submitted = service.submit(name, ITEMS);
        if (!early) {
            arm(point);
        }
        await(point + " is reached").atMost(Duration.ofSeconds(30)).until(service::isDead);
        double died = seconds(began);
        int inFlight = service.number("select coalesce(sum(copies), 0) from item where state = 'processing'");

        service.restart();
        String batch = service.submit(name, ITEMS).orElseThrow();
        submitted.ifPresent(before -> assertThat(batch).isEqualTo(before));
        JsonNode status = service.awaitEnd(batch);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> service.number("select count(*) from delivery where state <> 'delivered'") == 0);

        List<Told> told = service.receiver.told(batch);
        Files.writeString(
                report,
                String.format(
                        Locale.ROOT,
                        "%-40s %5.1f %4d %4d %2d %5.1f%n",
                        name,
                        died,
                        inFlight,
                        service.host.repeated(name, ITEMS),
                        told.size(),
                        seconds(began)),
                StandardOpenOption.APPEND);
        assertThat(service.host.repeated(name, ITEMS)).as("fetched again").isLessThanOrEqualTo(inFlight);
        Whole.check(service, status, batch, ITEMS);
        assertThat(told).isNotEmpty().allMatch(each -> each.seen().equals("completed"));
        assertThat(told.stream().map(Told::id).distinct()).hasSize(1);
    }

    private void arm(CrashPoint point) {
        switch (point.place()) {
            case Sql sql -> service.link.arm(sql.statement(), sql.occurrence(), sql.moment(), service::kill);
            case Get get ->
                service.host.watch(served -> {
                    if (served.number() == get.occurrence() && served.moment() == get.moment()) {
                        service.kill();
                    }
                });
            case Hook hook -> {
                // Once: the same message comes again from the next process.
                AtomicBoolean done = new AtomicBoolean();
                service.receiver.watch(answered -> {
                    if (answered == hook.answered() && done.compareAndSet(false, true)) {
                        service.kill();
                    }
                });
            }
            case Call call -> {}
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
