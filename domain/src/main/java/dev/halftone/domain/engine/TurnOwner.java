package dev.halftone.domain.engine;

/// Whose work waits for a turn. Equal owners share one place in the row.
public interface TurnOwner {
    /// The weight of an owner that nobody preferred.
    int USUAL_WEIGHT = 5;

    /// How many turns it gets beside others that wait: one of weight 10 twice as many as one of weight 5.
    default int weight() {
        return USUAL_WEIGHT;
    }
}
