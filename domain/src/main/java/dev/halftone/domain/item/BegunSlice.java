package dev.halftone.domain.item;

import java.time.Duration;
import java.util.List;

/// A slice whose items were marked `processing`.
///
/// @param recipe what is made of each
/// @param items to run now, all together
/// @param suspects ordinals of items that were running when workers died, and fail with the next time; each is
/// begun on its own, so that another death tells which of them is guilty
public record BegunSlice(Recipe recipe, List<BegunItem> items, List<Integer> suspects) {

    public BegunSlice {
        items = List.copyOf(items);
        suspects = List.copyOf(suspects);
    }

    /// @param attempts how often the item was begun and not handed back, this time included
    /// @param waited how long ago it was first put off because its host was left alone; zero when it never was
    public record BegunItem(Item item, int attempts, Duration waited) {}
}
