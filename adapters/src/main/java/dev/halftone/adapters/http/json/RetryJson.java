package dev.halftone.adapters.http.json;

/// What came of a wish to try again.
///
/// @param retried how many images are tried again
public record RetryJson(long retried, BatchJson batch) {}
