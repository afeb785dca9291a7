package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryAttempt;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.WebhookMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Telling a receiver that does not always listen.
class DeliveryTest {
    private static Plant plant;

    @BeforeAll
    static void begin() throws Exception {
        plant = new Plant();
        plant.node((item, compression) -> Plant.delivered(item));
    }

    @AfterAll
    static void end() {
        plant.close();
    }

    @Test
    void triesAgainWithTheSameMessageUntilItIsAccepted() throws Exception {
        Queue<DeliveryResult> answers = new ConcurrentLinkedQueue<>(
                List.of(new DeliveryResult.Refused(500, Optional.empty()), new DeliveryResult.Unreachable("timeout")));
        plant.receiver = message -> Optional.ofNullable(answers.poll()).orElse(new DeliveryResult.Accepted(204));

        Delivery delivery = awaitEnd(submit("https://hooks.example/flaky"));

        assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(delivery.attempts()).extracting(DeliveryAttempt::number).containsExactly(1, 2, 3);
        assertThat(delivery.attempts())
                .extracting(DeliveryAttempt::result)
                .containsExactly(
                        new DeliveryResult.Refused(500, Optional.empty()),
                        new DeliveryResult.Unreachable("timeout"),
                        new DeliveryResult.Accepted(204));
        assertThat(toldTo("flaky")).extracting(WebhookMessage::id).containsOnly("msg_" + delivery.id());
        assertThat(toldTo("flaky"))
                .extracting(WebhookMessage::body)
                .containsOnly(delivery.body().orElseThrow());
    }

    @Test
    void givesUpAtTheEndOfTheScheduleAndSendsAgainWhenAsked() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(302, Optional.empty());

        BatchId batch = submit("https://hooks.example/moved");
        Delivery delivery = awaitEnd(batch);
        assertThat(delivery.state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(delivery.attempts()).hasSize(3);

        plant.receiver = message -> new DeliveryResult.Accepted(200);
        assertThat(plant.outbox.replay(delivery.id())).isTrue();
        Awaitility.await().atMost(Plant.LIMIT).untilAsserted(() -> {
            Delivery replayed = plant.outbox.find(delivery.id()).orElseThrow();
            assertThat(replayed.state()).isEqualTo(Delivery.State.DELIVERED);
            assertThat(replayed.attempts()).hasSize(4);
        });
        assertThat(toldTo("moved")).extracting(WebhookMessage::id).containsOnly("msg_" + delivery.id());
    }

    @Test
    void tellsAnEndpointNoMoreThatIsGone() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(410, Optional.empty());

        Delivery delivery = awaitEnd(submit("https://hooks.example/gone"));

        assertThat(delivery.state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(delivery.attempts()).hasSize(1);
        assertThat(delivery.endpointDisabled()).isTrue();
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(429, Optional.of(Duration.ofHours(3)));
        BatchId batch = submit("https://hooks.example/busy");

        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> plant.outbox.ofBatch(batch).stream()
                        .anyMatch(each -> each.attempts().size() == 1));

        Delivery delivery = plant.outbox.ofBatch(batch).getFirst();
        assertThat(Duration.between(delivery.attempts().getFirst().at(), delivery.nextAttempt()))
                .isBetween(Duration.ofMinutes(179), Duration.ofMinutes(181));
    }

    @Test
    void makesAnAttemptAgainThatFailedBeforeItWasLogged() throws Exception {
        Queue<Boolean> first = new ConcurrentLinkedQueue<>(List.of(true));
        plant.receiver = message -> {
            if (first.poll() != null) {
                throw new IllegalStateException("the node dies here");
            }
            return new DeliveryResult.Accepted(200);
        };
        BatchId batch = submit("https://hooks.example/halfway");
        Awaitility.await().atMost(Plant.LIMIT).until(() -> !toldTo("halfway").isEmpty());
        // The queue waits ten seconds after an unexpected failure; an operator's replay does not.
        Awaitility.await()
                .atMost(Plant.LIMIT)
                .ignoreExceptions()
                .until(() -> plant.outbox.replay(
                        plant.outbox.ofBatch(batch).getFirst().id()));

        assertThat(awaitEnd(batch).state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(toldTo("halfway"))
                .extracting(WebhookMessage::id)
                .hasSize(2)
                .containsOnly("msg_" + plant.outbox.ofBatch(batch).getFirst().id());
    }

    private static BatchId submit(String webhook) throws Exception {
        return plant.submit(Plant.told(webhook), 2, i -> List.of("https://img.example/" + i));
    }

    private static List<WebhookMessage> toldTo(String end) {
        return plant.told.stream()
                .filter(message -> message.endpoint().toString().endsWith(end))
                .toList();
    }

    private static Delivery awaitEnd(BatchId batch) {
        return Awaitility.await()
                .atMost(Plant.LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> plant.outbox.ofBatch(batch),
                        all -> !all.isEmpty() && all.getFirst().state() != Delivery.State.WAITING)
                .getFirst();
    }
}
