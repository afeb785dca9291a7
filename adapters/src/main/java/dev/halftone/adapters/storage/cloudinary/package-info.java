/// Keeps objects in a product environment of Cloudinary.
@NullMarked
package dev.halftone.adapters.storage.cloudinary;

import org.jspecify.annotations.NullMarked;
