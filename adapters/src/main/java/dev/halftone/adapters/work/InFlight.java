package dev.halftone.adapters.work;

import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.source.Place;
import dev.halftone.domain.turn.FairPermits;
import java.util.function.BooleanSupplier;

/// The places of a node: so many items, and with them so many downloaded files, are between download and store
/// at once. Thread-safe.
final class InFlight {
    private final FairPermits places;
    private final BooleanSupplier stopping;

    /// @param stopping whether the node begins nothing further
    InFlight(int places, BooleanSupplier stopping) {
        this.places = new FairPermits(places);
        this.stopping = stopping;
    }

    /// A place that is not taken yet.
    Place place(TurnOwner owner) {
        return new ItemPlace(owner);
    }

    private final class ItemPlace implements Place {
        private final TurnOwner owner;
        private boolean held;

        ItemPlace(TurnOwner owner) {
            this.owner = owner;
        }

        @Override
        public TurnOwner owner() {
            return owner;
        }

        @Override
        public void take() throws InterruptedException {
            if (!held) {
                places.acquire(owner);
                held = true;
            }
            if (stopping.getAsBoolean()) {
                throw new InterruptedException("the node is stopping");
            }
        }

        @Override
        public void giveBack() {
            if (held) {
                held = false;
                places.release();
            }
        }
    }
}
