package dev.halftone.adapters.queue;

import java.time.Duration;

/// Work that recurs, on one node of all at a time; it may run on several when one was lost.
///
/// @param name of letters and hyphens, never used twice
/// @param pause between two runs
/// @param work throws when it could not be done; it is tried again after the pause
public record Chore(String name, Duration pause, Runnable work) {}
