package dev.halftone.adapters.http.page;

import org.jspecify.annotations.Nullable;

/// The form that people log in with.
///
/// @param next a path of this service, where it leads
/// @param mistake what was wrong with the last try; null before the first
public record LogInPage(
        Layout layout, String next, @Nullable String mistake) {}
