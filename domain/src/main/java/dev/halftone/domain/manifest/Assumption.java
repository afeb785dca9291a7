package dev.halftone.domain.manifest;

/// Something the reader took for granted, told as a warning.
///
/// @param line from 1
/// @param code stable, such as `delimiter` or `unquoted_urls`
public record Assumption(long line, String code, String message) {}
