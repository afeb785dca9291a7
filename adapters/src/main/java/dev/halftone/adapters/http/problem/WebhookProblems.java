package dev.halftone.adapters.http.problem;

import static dev.halftone.adapters.http.problem.Problems.plain;

import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.endpoint.Webhook;
import java.util.List;

/// What can't be done with webhooks.
public final class WebhookProblems {

    private WebhookProblems() {}

    public static Refusal noSuchDelivery() {
        return plain(
                404,
                "not_found",
                "There is no such delivery",
                "No delivery has this id; it may have been purged with its batch.",
                List.of());
    }

    public static Refusal noSuchEndpoint() {
        return plain(404, "not_found", "There is no such webhook", "No webhook endpoint has this id.", List.of());
    }

    public static Refusal disabled(Delivery delivery) {
        return plain(
                409,
                "endpoint_disabled",
                "The webhook is disabled",
                "It answered 410 or failed for five days; GET /api/webhooks/" + delivery.webhook()
                        + " tells which. Once the receiver works again, repeat this request with ?enable=true.",
                List.of());
    }

    public static Refusal tooManyRotations() {
        return plain(
                409,
                "too_many_rotations",
                "Too many secrets sign at once",
                Webhook.MOST_SECRETS
                        + " secrets of this webhook sign already. Wait until the first of them ends, within "
                        + Webhook.OVERLAP.toHours() + " hours, or end them all with ?keepOld=false.",
                List.of());
    }
}
