/// What makes db-scheduler's loops endure: each is seen to go round, and goes on after whatever ended it.
@NullMarked
package dev.halftone.adapters.queue.loop;

import org.jspecify.annotations.NullMarked;
