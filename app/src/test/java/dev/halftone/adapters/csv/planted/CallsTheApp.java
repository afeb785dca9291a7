package dev.halftone.adapters.csv.planted;

import dev.halftone.app.config.ConfigRefused;

/// Breaks the rule of the layers.
public final class CallsTheApp {
    public RuntimeException call() {
        return new ConfigRefused(java.util.List.of());
    }
}
