package dev.halftone.domain.engine;

/// Whose work waits for a CPU turn. Equal owners share one place in the row.
public interface TurnOwner {}
