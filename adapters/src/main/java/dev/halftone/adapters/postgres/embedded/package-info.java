/// A PostgreSQL server of our own, from the build's dependencies, for one machine.
@NullMarked
package dev.halftone.adapters.postgres.embedded;

import org.jspecify.annotations.NullMarked;
