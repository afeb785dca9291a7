package dev.halftone.adapters.http.webhook;

import dev.halftone.adapters.http.json.Links;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.event.Outbox;
import dev.halftone.domain.event.endpoint.WebhookStore;
import dev.halftone.domain.job.JobStore;
import java.security.SecureRandom;

/// What the routes of webhooks stand on.
///
/// @param random makes secrets
public record WebhookParts(
        Outbox outbox, WebhookStore webhooks, BatchStore batches, JobStore jobs, Links links, SecureRandom random) {}
