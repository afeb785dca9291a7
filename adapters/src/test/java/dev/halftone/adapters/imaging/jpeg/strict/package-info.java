/// Damaged files: each is refused with its place, none is passed on as good.
package dev.halftone.adapters.imaging.jpeg.strict;
