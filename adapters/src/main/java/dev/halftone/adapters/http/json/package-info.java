/// The JSON that leaves the service: one record for each shape, made from the domain by `of`.
@NullMarked
package dev.halftone.adapters.http.json;

import org.jspecify.annotations.NullMarked;
