/// Pictures made from a source by a transform: made once, kept for a while, purged with their source.
package dev.halftone.domain.variant.cached;
