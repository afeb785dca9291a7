package dev.halftone.domain.audit;

/// Something that does not hold.
///
/// @param where the batch, image, job or object
/// @param what expected against found
public record Finding(Check check, String where, String what) {}
