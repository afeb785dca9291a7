/// What was made of an asset by a pipeline, made once and kept.
package dev.halftone.domain.variant;
