package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.postgres.JdbiWebhookStore;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.DeliveryAttempt;
import dev.halftone.domain.event.DeliveryResult;
import dev.halftone.domain.event.Outbox;
import dev.halftone.domain.event.WebhookMessage;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.event.endpoint.Webhook;
import dev.halftone.domain.event.endpoint.WebhookStore;
import dev.halftone.domain.identity.PublicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
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
                .extracting(attempt -> attempt.next().isPresent())
                .containsExactly(true, true, false);
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
        assertThat(plant.outbox.replay(Owner.LOCAL, delivery.id(), false)).isInstanceOf(Outbox.Replay.Sending.class);
        Awaitility.await().atMost(Plant.LIMIT).untilAsserted(() -> {
            Delivery replayed = plant.outbox.find(Owner.LOCAL, delivery.id()).orElseThrow();
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
        assertThat(endpoint(delivery).disabled().orElseThrow().reason()).isEqualTo(Webhook.Reason.GONE);
        assertThat(plant.outbox.replay(Owner.LOCAL, delivery.id(), false)).isInstanceOf(Outbox.Replay.Disabled.class);
        assertThat(toldTo("gone")).hasSize(1);

        plant.receiver = message -> new DeliveryResult.Accepted(200);
        assertThat(plant.outbox.replay(Owner.LOCAL, delivery.id(), true)).isInstanceOf(Outbox.Replay.Sending.class);
        Awaitility.await().atMost(Plant.LIMIT).until(() -> toldTo("gone").size() == 2);
        assertThat(endpoint(delivery).disabled()).isEmpty();
        assertThat(toldTo("gone")).extracting(WebhookMessage::id).containsOnly(delivery.messageId());
    }

    @Test
    void tellsAnEndpointNoMoreThatFailedForFiveDays() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(500, Optional.empty());
        BatchId first = submit("https://hooks.example/broken");
        Webhook failing = endpoint(awaitEnd(first));
        assertThat(failing.disabled()).isEmpty();
        assertThat(failing.failingSince()).isPresent();

        set("failing_since = now() - interval '5 days', last_failure = now() - interval '23 hours'", failing);
        Delivery delivery = replayed(first);

        assertThat(delivery.state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(delivery.attempts()).hasSize(4);
        assertThat(delivery.attempts().getLast().next()).isEmpty();
        assertThat(endpoint(delivery).disabled().orElseThrow().reason()).isEqualTo(Webhook.Reason.FAILING);
    }

    @Test
    void countsAnewAfterASuccessAndAfterAPause() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(500, Optional.empty());
        BatchId batch = submit("https://hooks.example/seldom");
        Webhook failing = endpoint(awaitEnd(batch));

        set("failing_since = now() - interval '9 days', last_failure = now() - interval '25 hours'", failing);
        Webhook again = endpoint(replayed(batch));
        assertThat(again.disabled()).isEmpty();
        assertThat(again.failingSince().orElseThrow())
                .isAfter(failing.failingSince().orElseThrow());

        set("failing_since = now() - interval '9 days', last_failure = now() - interval '1 hour'", failing);
        plant.receiver = message -> new DeliveryResult.Accepted(200);
        assertThat(replayed(batch).state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(endpoint(awaitEnd(batch)).failingSince()).isEmpty();
    }

    /// Its next message comes at once, for the one who named it again.
    @Test
    void tellsAnEndpointAgainThatANewBatchNames() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(410, Optional.empty());
        awaitEnd(submit("https://hooks.example/back"));
        plant.receiver = message -> new DeliveryResult.Accepted(200);

        Delivery delivery = awaitEnd(submit("https://hooks.example/back"));

        assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(endpoint(delivery).disabled()).isEmpty();
    }

    @Test
    void sendsOnceWhenAskedTwiceToSendAgain() throws Exception {
        plant.receiver = message -> new DeliveryResult.Accepted(200);
        BatchId batch = submit("https://hooks.example/twice");
        Delivery delivery = awaitEnd(batch);
        CountDownLatch open = new CountDownLatch(1);
        plant.receiver = message -> {
            await(open);
            return new DeliveryResult.Accepted(200);
        };

        for (int i = 0; i < 5; i++) {
            assertThat(plant.outbox.replay(Owner.LOCAL, delivery.id(), false))
                    .isInstanceOf(Outbox.Replay.Sending.class);
        }
        Awaitility.await().atMost(Plant.LIMIT).until(() -> toldTo("twice").size() == 2);
        // Being attempted is waiting too.
        assertThat(plant.outbox.replay(Owner.LOCAL, delivery.id(), false)).isInstanceOf(Outbox.Replay.Sending.class);
        open.countDown();

        assertThat(awaitEnd(batch).attempts()).hasSize(2);
        assertThat(toldTo("twice")).hasSize(2);
    }

    @Test
    void takesOverWhatADeadNodeHeld() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(503, Optional.of(Duration.ofHours(1)));
        BatchId batch = submit("https://hooks.example/orphan");
        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> plant.outbox.ofBatch(Owner.LOCAL, batch).stream()
                        .anyMatch(each -> each.attempts().size() == 1));
        PublicId id = plant.outbox.ofBatch(Owner.LOCAL, batch).getFirst().id();
        plant.receiver = message -> new DeliveryResult.Accepted(200);
        plant.database.transaction(handle -> {
            handle.execute("update delivery set next_attempt = now() where id = ?", id.value());
            return handle.execute("""
                    update delivery_queue set picked = true, picked_by = 'dead', version = version + 1,
                           execution_time = now(), last_heartbeat = now() - interval '1 hour'
                     where task_instance = ?
                    """, id.value());
        });

        assertThat(awaitEnd(batch).state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(toldTo("orphan")).hasSize(2);
    }

    @Test
    void keepsASlowReceiverFromHoldingUpOthers() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        plant.receiver = message -> {
            if (message.endpoint().toString().endsWith("slow")) {
                await(slow);
            }
            return new DeliveryResult.Accepted(200);
        };
        for (int i = 0; i < 12; i++) {
            submit("https://hooks.example/slow");
        }
        Awaitility.await().atMost(Plant.LIMIT).until(() -> !toldTo("slow").isEmpty());

        for (int i = 0; i < 5; i++) {
            assertThat(awaitEnd(submit("https://hooks.example/quick")).state()).isEqualTo(Delivery.State.DELIVERED);
        }
        assertThat(toldTo("slow")).hasSize(1);
        slow.countDown();
        Awaitility.await().atMost(Plant.LIMIT).until(() -> toldTo("slow").size() == 12);
    }

    @Test
    void signsWithTheOldSecretTooUntilItEnds() throws Exception {
        plant.receiver = message -> new DeliveryResult.Accepted(200);
        BatchId batch = submit("https://hooks.example/rotated");
        PublicId id = awaitEnd(batch).webhook();
        String first = toldTo("rotated").getFirst().secrets().getFirst();
        JdbiWebhookStore webhooks = new JdbiWebhookStore(plant.database);

        WebhookSecret second = WebhookSecret.random(plant.random);
        assertThat(webhooks.rotate(Owner.LOCAL, id, second, true)).isInstanceOf(WebhookStore.Rotation.Rotated.class);
        assertThat(webhooks.find(Owner.LOCAL, id).orElseThrow().oldSecretUntil())
                .isPresent();
        replayed(batch);
        assertThat(toldTo("rotated").getLast().secrets()).containsExactly(second.text(), first);

        // A rotation whose answer was lost is asked for again: the receiver still has the first secret.
        WebhookSecret third = WebhookSecret.random(plant.random);
        webhooks.rotate(Owner.LOCAL, id, third, true);
        replayed(batch);
        assertThat(toldTo("rotated").getLast().secrets())
                .containsExactlyInAnyOrder(third.text(), second.text(), first)
                .startsWith(third.text());

        plant.database.transaction(handle -> handle.execute("update webhook_old_secret set expires = now()"));
        replayed(batch);
        assertThat(toldTo("rotated").getLast().secrets()).containsExactly(third.text());

        WebhookSecret fourth = WebhookSecret.random(plant.random);
        webhooks.rotate(Owner.LOCAL, id, fourth, false);
        replayed(batch);
        assertThat(toldTo("rotated").getLast().secrets()).containsExactly(fourth.text());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Webhook endpoint(Delivery delivery) {
        return new JdbiWebhookStore(plant.database)
                .find(Owner.LOCAL, delivery.webhook())
                .orElseThrow();
    }

    private static void set(String columns, Webhook webhook) {
        plant.database.transaction(handle -> handle.execute(
                "update webhook_endpoint set " + columns + " where id = ?",
                webhook.id().value()));
    }

    /// Sends again and waits for the end of that.
    private static Delivery replayed(BatchId batch) {
        plant.outbox.replay(
                Owner.LOCAL, plant.outbox.ofBatch(Owner.LOCAL, batch).getFirst().id(), true);
        return awaitEnd(batch);
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() throws Exception {
        plant.receiver = message -> new DeliveryResult.Refused(429, Optional.of(Duration.ofMinutes(40)));
        BatchId batch = submit("https://hooks.example/busy");

        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> plant.outbox.ofBatch(Owner.LOCAL, batch).stream()
                        .anyMatch(each -> each.attempts().size() == 1));

        Delivery delivery = plant.outbox.ofBatch(Owner.LOCAL, batch).getFirst();
        assertThat(Duration.between(delivery.attempts().getFirst().at(), delivery.nextAttempt()))
                .isBetween(Duration.ofMinutes(39), Duration.ofMinutes(41));
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
        PublicId id = plant.outbox.ofBatch(Owner.LOCAL, batch).getFirst().id();
        Awaitility.await().atMost(Plant.LIMIT).until(() -> {
            if (plant.outbox.find(Owner.LOCAL, id).orElseThrow().state() == Delivery.State.WAITING) {
                plant.outbox.replay(Owner.LOCAL, id, false);
            }
            return toldTo("halfway").size() == 2;
        });

        assertThat(awaitEnd(batch).state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(toldTo("halfway"))
                .extracting(WebhookMessage::id)
                .hasSize(2)
                .containsOnly("msg_"
                        + plant.outbox.ofBatch(Owner.LOCAL, batch).getFirst().id());
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
                        () -> plant.outbox.ofBatch(Owner.LOCAL, batch),
                        all -> !all.isEmpty() && all.getFirst().state() != Delivery.State.WAITING)
                .getFirst();
    }
}
