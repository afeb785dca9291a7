package dev.halftone.domain.event;

/// Port: writes an event as the JSON that a webhook receives, `{type, timestamp, data}`. Thread-safe.
public interface EventBodies {
    String body(Event event);
}
