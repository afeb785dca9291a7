package dev.halftone.domain.storage;

/// A store can't be used the way it is set up, found out before it is needed. The message tells the operator
/// what was tried, where, what came back, and what to do.
public final class StoreUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
