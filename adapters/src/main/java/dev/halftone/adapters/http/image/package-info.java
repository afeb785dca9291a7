/// Single images over HTTP: uploads, what is known of them, pipelines at once and as jobs.
@NullMarked
package dev.halftone.adapters.http.image;

import org.jspecify.annotations.NullMarked;
