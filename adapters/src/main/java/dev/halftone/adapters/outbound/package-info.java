/// The only way out: one guarded HTTP client for images and webhooks, which dials public addresses alone.
@NullMarked
package dev.halftone.adapters.outbound;

import org.jspecify.annotations.NullMarked;
