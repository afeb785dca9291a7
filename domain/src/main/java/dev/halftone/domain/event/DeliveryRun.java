package dev.halftone.domain.event;

import dev.halftone.domain.identity.PublicId;

/// One attempt at a delivery by one worker, while it holds the delivery.
///
/// @param worker the name of the process, never used by two
/// @param version how often the delivery was taken from the queue: with the worker, the fencing token of every
/// write about the attempt
public record DeliveryRun(PublicId delivery, String worker, long version) {}
