package dev.halftone.adapters.queue.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.serializer.JavaSerializer;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.halftone.adapters.postgres.Database;
import dev.halftone.adapters.postgres.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A loop whose thread is ended by an error, and what it makes of executions that seem to be dead.
class QueueLoopTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Database database;
    private final Queue<QueueLoop> loops = new ConcurrentLinkedQueue<>();
    private final Queue<String> ran = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() throws Exception {
        database = Database.open(TestPostgres.freshDatabase());
    }

    @AfterEach
    void close() {
        loops.forEach(QueueLoop::stop);
        database.close();
    }

    @Test
    void goesOnAfterAnErrorHasEndedIt() throws Exception {
        AtomicInteger errors = new AtomicInteger();
        // Where db-scheduler itself catches nothing: an error there ends its thread in silence.
        QueueLoop loop = loop(() -> true, InstantSource.system(), () -> {
            if (errors.getAndIncrement() == 3) {
                throw new OutOfMemoryError("as the test wants it");
            }
            return Instant.ofEpochMilli(System.nanoTime() / 1_000_000);
        });
        loop.start();
        await().atMost(LIMIT).until(() -> errors.get() > 3);

        due("after");

        await().atMost(LIMIT).until(() -> ran.contains("after"));
        assertThat(loop.trouble()).isEmpty();
    }

    @Test
    void isInTroubleWhenItNoLongerLooks() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        QueueLoop loop = loop(() -> true, () -> {
            if (broken.get()) {
                throw new OutOfMemoryError("as the test wants it");
            }
            return InstantSource.system().instant();
        });
        loop.start();
        await().atMost(LIMIT).until(() -> loop.lastPoll().isPresent());
        assertThat(loop.trouble()).isEmpty();

        broken.set(true);
        await().atMost(LIMIT).until(() -> loop.trouble().isPresent());
        assertThat(loop.trouble().orElseThrow()).startsWith("slice_queue was last looked at");

        broken.set(false);
        await().atMost(LIMIT).until(() -> loop.trouble().isEmpty());
    }

    @Test
    void leavesAloneWhatEndedWhileItWasFoundDead() throws Exception {
        stale("ended");
        stale("dead");
        AtomicInteger asked = new AtomicInteger();
        // Asked between the reading of what is dead and the writing: there the first one's worker ends it.
        QueueLoop loop = loop(
                () -> {
                    if (asked.getAndIncrement() == 0) {
                        execute("delete from slice_queue where task_instance = 'ended'");
                    }
                    return true;
                },
                InstantSource.system());
        loop.start();

        await().atMost(LIMIT).until(() -> ran.contains("dead"));
        assertThat(ran).doesNotContain("ended");
    }

    @Test
    @Tag("faults")
    void findsTheDeadBehindTwelveThousandOthers() throws Exception {
        // Of a task that this node does not know: nobody can revive them, and they come first.
        execute("insert into slice_queue (task_name, task_instance, execution_time, picked, picked_by,"
                + " last_heartbeat, version) select 'ghost', n, now(), true, 'gone', now() - interval '2 hours', 1"
                + " from generate_series(1, 12000) n");
        List<String> dead = List.of("1", "2", "3", "4", "5");
        dead.forEach(this::stale);
        QueueLoop loop = loop(() -> true, InstantSource.system());
        loop.start();

        await().atMost(LIMIT).until(() -> ran.containsAll(dead));
    }

    @Test
    void judgesNobodyWhenItWasCutOffItself() throws Exception {
        stale("silent");
        AtomicBoolean mayJudge = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        QueueLoop loop = loop(
                () -> {
                    asked.incrementAndGet();
                    return mayJudge.get();
                },
                InstantSource.system());
        loop.start();

        await().atMost(LIMIT).until(() -> asked.get() > 2);
        assertThat(ran).isEmpty();
        mayJudge.set(true);
        await().atMost(LIMIT).until(() -> ran.contains("silent"));
    }

    @Test
    void revivesByTheDatabasesClock() throws Exception {
        stale("dead");
        // The machine's clock plays no part: db-scheduler's own handler would make it due now by that one, which
        // to a database that is a day behind is tomorrow.
        InstantSource aDayAgo = () -> InstantSource.system().instant().minus(Duration.ofDays(1));
        execute("update slice_queue set last_heartbeat = last_heartbeat - interval '1 day'");
        QueueLoop loop = loop(() -> true, aDayAgo);
        loop.start();

        await().atMost(LIMIT).until(() -> ran.contains("dead"));
    }

    private QueueLoop loop(BooleanSupplier mayJudge, InstantSource clock) {
        return loop(mayJudge, clock, () -> Instant.ofEpochMilli(System.nanoTime() / 1_000_000));
    }

    private QueueLoop loop(BooleanSupplier mayJudge, InstantSource clock, Clock pauses) {
        Task<Void> task = Tasks.custom("slice", Void.class)
                .onDeadExecution(new Revival(mayJudge, clock).handler())
                .execute((instance, context) -> {
                    ran.add(instance.getId());
                    return (complete, operations) -> operations.remove();
                });
        QueueLoop.Setup setup = new QueueLoop.Setup(
                "test",
                database.dataSource(),
                new JavaSerializer(),
                clock,
                Database::isOutage,
                Duration.ofMillis(50),
                Duration.ofMillis(400),
                6);
        QueueLoop loop = new QueueLoop(
                setup, "slice_queue", 4, Duration.ofSeconds(1), task, List.of(), pauses, Duration.ofSeconds(2));
        loops.add(loop);
        return loop;
    }

    private void due(String instance) {
        execute("insert into slice_queue (task_name, task_instance, execution_time, picked, version)"
                + " values ('slice', '" + instance + "', now(), false, 1)");
    }

    private void stale(String instance) {
        due(instance);
        execute("update slice_queue set picked = true, picked_by = 'gone', last_heartbeat = now() - interval '1 hour'"
                + " where task_instance = '" + instance + "'");
    }

    private void execute(String sql) {
        database.transaction(handle -> handle.execute(sql));
    }
}
