/// What a request carries: the uploaded CSV, parameters, preferences and conditions.
@NullMarked
package dev.halftone.adapters.http.request;

import org.jspecify.annotations.NullMarked;
