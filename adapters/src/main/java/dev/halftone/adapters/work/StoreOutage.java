package dev.halftone.adapters.work;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;

/// Tells a store that is away from one that refuses what it is given.
final class StoreOutage {

    private StoreOutage() {}

    static boolean is(Throwable thrown) {
        return thrown instanceof HalftoneException known && known.failure().code() == FailureCode.STORAGE_UNAVAILABLE;
    }
}
