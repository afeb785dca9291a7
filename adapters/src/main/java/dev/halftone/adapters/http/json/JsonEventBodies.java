package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.event.Event;
import dev.halftone.domain.event.EventBodies;
import dev.halftone.domain.job.Job;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes the body of a webhook: the event's type and time, and the status of the batch, as it stood then, or of
/// the job, as the API answers it, with absolute links.
public final class JsonEventBodies implements EventBodies {
    /// Receivers take small messages; the status itself has all warnings.
    private static final int WARNINGS = 20;

    private final Function<JobId, Optional<Job>> jobs;
    private final Links links;
    private final Function<ObjectKey, String> address;

    /// @param jobs finds one
    /// @param address where the world finds an output
    public JsonEventBodies(Function<JobId, Optional<Job>> jobs, Links links, Function<ObjectKey, String> address) {
        this.jobs = jobs;
        this.links = links;
        this.address = address;
    }

    private record Body(String type, String timestamp, Object data) {}

    /// @param sequence grows with each event of the batch
    /// @param milestone of a progress event: the per cent that were reached
    private record BatchData(
            int sequence,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer milestone,

            @JsonUnwrapped BatchJson status) {}

    /// @throws IllegalStateException when the job no longer exists
    @Override
    public String body(Event event) {
        Object data = switch (event) {
            case Event.BatchEnded ended -> new BatchData(ended.sequence(), null, status(ended.batch(), ended));
            case Event.BatchProgressed progressed ->
                new BatchData(progressed.sequence(), progressed.milestone(), status(progressed.batch(), progressed));
            case Event.JobEnded ended ->
                JobJson.of(
                        jobs.apply(ended.job())
                                .orElseThrow(() -> new IllegalStateException("job " + ended.job() + " is gone")),
                        links,
                        address);
        };
        return Json.text(new Body(event.type(), Json.instant(event.at()), data));
    }

    private BatchJson status(Batch batch, Event event) {
        return BatchJson.of(
                new Batch(
                        batch.id(),
                        batch.state(),
                        batch.options(),
                        batch.products(),
                        batch.skippedRows(),
                        batch.assumptions()
                                .subList(
                                        0,
                                        Math.min(WARNINGS, batch.assumptions().size())),
                        batch.progress(),
                        batch.created(),
                        batch.updated(),
                        batch.started(),
                        batch.finished(),
                        batch.expires()),
                links,
                event.at());
    }
}
