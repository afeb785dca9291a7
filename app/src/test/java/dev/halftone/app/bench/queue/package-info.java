/// What the queue costs by itself: workers that do nothing, a million rows, millions of finished items.
package dev.halftone.app.bench.queue;
