package dev.halftone.domain.manifest;

/// What a CSV held, counted while it streamed by.
///
/// @param rows data rows, blank ones not counted
/// @param products usable rows that are no continuation
/// @param images of the usable rows
/// @param badRows rows with at least one problem
public record ManifestSummary(long rows, long products, long images, long badRows) {}
