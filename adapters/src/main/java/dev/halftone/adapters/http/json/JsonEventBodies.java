package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.event.EventBodies;

/// Writes the body of a webhook: the event's type and time, and the batch's status as the API answers it, with
/// absolute links.
public final class JsonEventBodies implements EventBodies {
    private final BatchStore batches;
    private final Links links;

    public JsonEventBodies(BatchStore batches, Links links) {
        this.batches = batches;
        this.links = links;
    }

    private record Body(String type, String timestamp, BatchJson data) {}

    /// @throws IllegalStateException when the batch no longer exists
    @Override
    public String body(Event event) {
        return switch (event) {
            case Event.BatchEnded ended -> {
                Batch batch = batches.find(ended.batch())
                        .orElseThrow(() -> new IllegalStateException("batch " + ended.batch() + " is gone"));
                yield Json.text(
                        new Body(ended.type(), Json.instant(ended.at()), BatchJson.of(batch, links, ended.at())));
            }
        };
    }
}
