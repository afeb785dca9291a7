package dev.halftone.domain.event;

/// Port: makes one attempt to tell a webhook. Thread-safe; blocks its virtual thread for at most 15 seconds.
public interface EventSender {
    DeliveryResult send(WebhookMessage message) throws InterruptedException;
}
