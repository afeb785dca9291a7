package dev.halftone.adapters.http.connection;

/// Something that is waited for because of a client.
sealed interface Paced permits PacedRequest, PacedResponse {
    /// Ends it if the client takes longer than it may.
    ///
    /// @param now as of [System#nanoTime]
    /// @param grace nanoseconds before the rate counts
    /// @param rate bytes a second
    void endIfSlow(long now, long grace, int rate);
}
