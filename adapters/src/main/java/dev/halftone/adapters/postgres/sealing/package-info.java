/// Secrets that have to be known in full, kept so that the database alone does not show them.
@NullMarked
package dev.halftone.adapters.postgres.sealing;

import org.jspecify.annotations.NullMarked;
