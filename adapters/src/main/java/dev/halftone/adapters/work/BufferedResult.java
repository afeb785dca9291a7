package dev.halftone.adapters.work;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemOutcome;
import dev.halftone.domain.item.ItemStore.Ended;
import dev.halftone.domain.item.ItemStore.SliceEnd;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What waits to be written, and who waits for it.
sealed interface BufferedResult {
    BatchId batch();

    void fail(Throwable reason);

    record Outcome(Ended ended, CompletableFuture<Void> written) implements BufferedResult {
        /// At the third attempt, what the store refuses is not a matter of the moment.
        private static final int MOST_REFUSALS = 3;

        @Override
        public BatchId batch() {
            return ended.item().batch();
        }

        @Override
        public void fail(Throwable reason) {
            written.completeExceptionally(reason);
        }

        int ordinal() {
            return ended.item().ordinal();
        }

        /// Whether the item is not to be run again for a result that is refused.
        boolean isLast() {
            return ended.item().attempt() >= MOST_REFUSALS && ended.outcome() instanceof ItemOutcome.Delivered;
        }

        /// A batch has to end, so the item fails instead.
        Outcome refused() {
            Failure failure = Failure.of(FailureCode.INTERNAL, "its result could not be written");
            return new Outcome(new Ended(ended.item(), new ItemOutcome.Failed(failure)), written);
        }
    }

    record End(SliceEnd slice, List<CompletableFuture<Void>> outcomes, CompletableFuture<Boolean> written)
            implements BufferedResult {
        @Override
        public BatchId batch() {
            return slice.run().slice().batch();
        }

        @Override
        public void fail(Throwable reason) {
            written.completeExceptionally(reason);
        }

        /// Whether an outcome of it could not be written. Those that are not done yet are written with it.
        boolean isBroken() {
            return outcomes.stream().anyMatch(CompletableFuture::isCompletedExceptionally);
        }
    }
}
