/// Brings images: over the guarded client with redirects and per-host pacing, or from this machine's disk.
@NullMarked
package dev.halftone.adapters.outbound.download;

import org.jspecify.annotations.NullMarked;
