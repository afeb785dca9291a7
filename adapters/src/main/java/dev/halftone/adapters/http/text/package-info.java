/// The text in images, over HTTP.
@NullMarked
package dev.halftone.adapters.http.text;

import org.jspecify.annotations.NullMarked;
