package dev.halftone.adapters.http.page;

import org.jspecify.annotations.Nullable;

/// What every page has around its content.
///
/// @param section which entry of the navigation is marked; empty for none
/// @param refresh seconds until the page loads itself again; null for never
/// @param logOut whether there is a way to log out
public record Layout(
        String title,
        String section,
        String stylesheet,
        String icon,
        @Nullable Integer refresh,
        boolean logOut) {}
