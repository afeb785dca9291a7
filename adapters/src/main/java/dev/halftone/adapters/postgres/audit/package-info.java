/// What the database says of everything that is kept, for those who check it and those who clean up.
@NullMarked
package dev.halftone.adapters.postgres.audit;

import org.jspecify.annotations.NullMarked;
