package dev.halftone.adapters.csv.planted;

import dev.halftone.adapters.outbound.AddressPolicy;

/// Breaks the rule that adapters do not know each other.
public final class CallsAnotherAdapter {
    public Class<?> call() {
        return AddressPolicy.class;
    }
}
