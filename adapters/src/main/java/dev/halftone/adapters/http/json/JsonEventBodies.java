package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.BatchStore;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.event.EventBodies;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Optional;
import java.util.function.Function;

/// Writes the body of a webhook: the event's type and time, and the status of the batch or the job as the API
/// answers it, with absolute links.
public final class JsonEventBodies implements EventBodies {
    private final BatchStore batches;
    private final Function<JobId, Optional<Job>> jobs;
    private final Links links;
    private final Function<ObjectKey, String> address;

    /// @param jobs finds one
    /// @param address where the world finds an output
    public JsonEventBodies(
            BatchStore batches, Function<JobId, Optional<Job>> jobs, Links links, Function<ObjectKey, String> address) {
        this.batches = batches;
        this.jobs = jobs;
        this.links = links;
        this.address = address;
    }

    private record Body(String type, String timestamp, Object data) {}

    /// @throws IllegalStateException when the batch or the job no longer exists
    @Override
    public String body(Event event) {
        return switch (event) {
            case Event.BatchEnded ended -> {
                Batch batch = batches.find(ended.batch())
                        .orElseThrow(() -> new IllegalStateException("batch " + ended.batch() + " is gone"));
                yield Json.text(
                        new Body(ended.type(), Json.instant(ended.at()), BatchJson.of(batch, links, ended.at())));
            }
            case Event.JobEnded ended -> {
                Job job = jobs.apply(ended.job())
                        .orElseThrow(() -> new IllegalStateException("job " + ended.job() + " is gone"));
                yield Json.text(new Body(ended.type(), Json.instant(ended.at()), JobJson.of(job, links, address)));
            }
        };
    }
}
