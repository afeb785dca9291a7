/// The JSON pipelines of imaginary (<https://github.com/h2non/imaginary>), read as ours.
@NullMarked
package dev.halftone.adapters.http.imaginary;

import org.jspecify.annotations.NullMarked;
