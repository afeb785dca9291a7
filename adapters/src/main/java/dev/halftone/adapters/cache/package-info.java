/// Keeps variants in memory and in a folder: what was made once is served again, after a restart too.
@NullMarked
package dev.halftone.adapters.cache;

import org.jspecify.annotations.NullMarked;
