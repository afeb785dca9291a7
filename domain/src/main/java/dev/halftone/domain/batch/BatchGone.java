package dev.halftone.domain.batch;

/// A batch was deleted, or expired, between being looked up and being read.
public final class BatchGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BatchGone(BatchId id) {
        super("batch " + id + " was deleted meanwhile");
    }
}
