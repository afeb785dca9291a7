package dev.halftone.domain.job;

/// One run of a job by one worker.
///
/// @param worker the name of the process, never used by two
/// @param version how often the job was taken from the queue: with the worker, the fencing token of its end
public record JobRun(JobId job, String worker, long version) {}
