/// Images of a batch that are nearly the same picture.
package dev.halftone.domain.duplicate;
