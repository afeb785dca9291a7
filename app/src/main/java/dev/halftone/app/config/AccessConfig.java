package dev.halftone.app.config;

import dev.halftone.domain.access.KeyLimits;
import java.util.Optional;

/// Who is let in, and what their secrets are sealed with.
///
/// @param keys whether requests need a key
/// @param limits of keys that have none of their own
/// @param secretKey empty for the one of the data folder
public record AccessConfig(boolean keys, KeyLimits limits, Optional<String> secretKey) {

    @Override
    public String toString() {
        return "AccessConfig[keys=" + keys + ", " + limits + "]";
    }
}
