package dev.halftone.domain.item;

/// One run of a slice by one worker.
///
/// @param instance the slice's name in the queue
/// @param worker the name of the process, never used by two
/// @param version how often the slice was taken: with the worker, the fencing token of its end
public record SliceRun(Slice slice, String instance, String worker, long version) {}
