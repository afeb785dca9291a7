/// PostgreSQL behind the domain's stores: one class for each port, its SQL beside its mapping.
@NullMarked
package dev.halftone.adapters.postgres;

import org.jspecify.annotations.NullMarked;
