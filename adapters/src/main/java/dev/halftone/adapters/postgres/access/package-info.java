/// API keys and sessions in PostgreSQL.
@NullMarked
package dev.halftone.adapters.postgres.access;

import org.jspecify.annotations.NullMarked;
