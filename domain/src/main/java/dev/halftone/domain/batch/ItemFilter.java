package dev.halftone.domain.batch;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemState;
import java.util.Optional;
import java.util.OptionalInt;

/// Which items of a batch to list.
///
/// @param after the ordinal of the last item of the page before
/// @param limit 1 to 1,000
public record ItemFilter(Optional<ItemState> state, Optional<FailureCode> code, OptionalInt after, int limit) {

    public static ItemFilter first(int limit) {
        return new ItemFilter(Optional.empty(), Optional.empty(), OptionalInt.empty(), limit);
    }
}
