package dev.halftone.domain.duplicate;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import java.util.List;

/// Port: tells what the items of a batch look like. Thread-safe.
public interface LookStore {

    /// Completed items of an owner's batch in the order of the CSV, each address once.
    ///
    /// @param limit how many at most
    List<SeenItem> seen(Owner owner, BatchId batch, int limit);
}
