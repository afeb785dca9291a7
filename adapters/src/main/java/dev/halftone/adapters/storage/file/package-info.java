/// Keeps objects as files under one folder, durable when a put returns.
@NullMarked
package dev.halftone.adapters.storage.file;

import org.jspecify.annotations.NullMarked;
