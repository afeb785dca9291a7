package dev.halftone.adapters.http.problem;

import static dev.halftone.adapters.http.problem.Problems.plain;

import dev.halftone.domain.batch.Batch;
import java.util.List;

/// What can't be done with a batch that is there.
public final class ControlProblems {

    private ControlProblems() {}

    public static Refusal over(Batch batch) {
        return plain(
                409,
                "batch_ended",
                "The batch has ended",
                "It is " + batch.state().wire() + "; there is nothing left to cancel.",
                List.of());
    }

    public static Refusal cancelled(Batch batch) {
        return plain(
                409,
                "batch_cancelled",
                "The batch was cancelled",
                "A cancelled batch does not go on. Submit its CSV again; "
                        + batch.progress().completed()
                        + " images of this one are done and can be taken from its output.",
                List.of());
    }

    public static Refusal badAge() {
        return RequestProblems.badField(
                "olderThan",
                "invalid_field",
                "is a time such as 30d, 12h or 45m: how long ago the batches ended, or more");
    }

    public static Refusal badCodes(String known) {
        return RequestProblems.badField("codes", "invalid_field", "is a list of failure codes: " + known);
    }
}
