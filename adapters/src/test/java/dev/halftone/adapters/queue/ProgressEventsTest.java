package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchState;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.failure.FailureCode;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Telling how far a batch is, to those who asked for it.
class ProgressEventsTest {
    private static Plant plant;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        plant.node((item, compression) ->
                item.ordinal() % 10 == 9 ? Plant.failed(FailureCode.NOT_AN_IMAGE) : Plant.delivered(item));
        plant.node((item, compression) -> Plant.delivered(item));
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    @Test
    void tellsEachMilestoneOnceAndThenTheEnd() throws Exception {
        BatchId id = submit(400, true);
        List<Event> events = events(id, 4);

        assertThat(events)
                .extracting(Event::type)
                .containsExactly("batch.progress", "batch.progress", "batch.progress", "batch.completed");
        List<Integer> milestones = List.of(25, 50, 75);
        for (int i = 0; i < 3; i++) {
            Event.BatchProgressed progressed = (Event.BatchProgressed) events.get(i);
            Batch then = progressed.batch();
            assertThat(progressed.milestone()).isEqualTo(milestones.get(i));
            assertThat(progressed.sequence()).isEqualTo(i + 1);
            assertThat(then.state()).isEqualTo(BatchState.PROCESSING);
            assertThat(100 * then.progress().finished() / 400).isGreaterThanOrEqualTo(progressed.milestone());
            assertThat(then.options().webhookProgress()).isTrue();
        }
        Event.BatchEnded ended = (Event.BatchEnded) events.get(3);
        assertThat(ended.sequence()).isEqualTo(4);
        assertThat(ended.batch()).isEqualTo(plant.batches.find(Owner.LOCAL, id).orElseThrow());
    }

    @Test
    void tellsEveryMilestoneOfABatchThatEndsAtOneStroke() throws Exception {
        List<Event> events = events(submit(1, true), 4);

        assertThat(events.subList(0, 3))
                .extracting(event -> ((Event.BatchProgressed) event).milestone())
                .containsExactly(25, 50, 75);
        assertThat(events.getLast()).isInstanceOf(Event.BatchEnded.class);
    }

    @Test
    void tellsNothingOfProgressUnlessAsked() throws Exception {
        assertThat(events(submit(8, false), 1)).extracting(Event::type).containsExactly("batch.completed");
    }

    /// What was sent tells of the moment of the event, however late it is sent.
    @Test
    void keepsTheBatchAsItStood() throws Exception {
        BatchId id = submit(8, true);
        List<Event> before = events(id, 4);
        plant.database.transaction(handle -> handle.execute(
                "update batch set bytes_out = bytes_out + 1, updated = now() where id = ?", id.toString()));

        assertThat(events(id, 4)).isEqualTo(before);
    }

    private static BatchId submit(int rows, boolean progress) throws Exception {
        return plant.submit(
                Plant.told("https://hooks.example/progress", progress), rows, i -> List.of("https://img.example/" + i));
    }

    private static List<Event> events(BatchId id, int expected) {
        plant.awaitEnd(id);
        List<Delivery> deliveries = Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(
                        () -> plant.outbox.ofBatch(Owner.LOCAL, id),
                        all -> all.stream().allMatch(each -> each.state() == Delivery.State.DELIVERED));
        assertThat(deliveries).hasSize(expected);
        return deliveries.stream()
                .map(each -> plant.outbox.event(each.id()).orElseThrow())
                .toList();
    }
}
