/// Pipelines as users write them: lists and maps of plain values, whatever text they came from.
package dev.halftone.domain.pipeline.form;
