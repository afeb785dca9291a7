/// Pictures by URL: uploaded images and allowed remote ones, in the size and form that the query asks for.
@NullMarked
package dev.halftone.adapters.http.variant;

import org.jspecify.annotations.NullMarked;
