/// The durable queue: db-scheduler runs slices and deliveries on every node.
@NullMarked
package dev.halftone.adapters.queue;

import org.jspecify.annotations.NullMarked;
