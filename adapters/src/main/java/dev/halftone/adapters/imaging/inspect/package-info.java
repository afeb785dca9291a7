/// What an image tells of itself: its metadata, and what it looks like.
@NullMarked
package dev.halftone.adapters.imaging.inspect;

import org.jspecify.annotations.NullMarked;
