/// Batches stopped, set going again and deleted over HTTP.
@NullMarked
package dev.halftone.adapters.http.control;

import org.jspecify.annotations.NullMarked;
