package dev.halftone.domain.storage;

import java.time.Instant;

/// An object as a listing shows it.
///
/// @param bytes its length
/// @param stored when it was put, by the store's own clock
public record ListedObject(ObjectKey key, long bytes, Instant stored) {}
