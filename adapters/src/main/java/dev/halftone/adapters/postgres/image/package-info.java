/// Single images and what is made of them, in PostgreSQL.
@NullMarked
package dev.halftone.adapters.postgres.image;

import org.jspecify.annotations.NullMarked;
