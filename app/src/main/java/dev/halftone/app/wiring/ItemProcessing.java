package dev.halftone.app.wiring;

import dev.halftone.adapters.work.SliceRunner;
import dev.halftone.domain.item.Item;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ProcessItem;
import dev.halftone.domain.item.Recipe;
import dev.halftone.domain.source.Place;

/// The use case as the slice runner wants it.
record ItemProcessing(ProcessItem process) implements SliceRunner.Processing {

    @Override
    public ItemOutcome process(Item item, Recipe recipe) throws InterruptedException {
        return process.process(item, recipe);
    }

    @Override
    public ItemOutcome process(Item item, Recipe recipe, Place place) throws InterruptedException {
        return process.process(item, recipe, place);
    }

    @Override
    public void discard(ItemOutcome outcome) {
        process.discard(outcome);
    }
}
