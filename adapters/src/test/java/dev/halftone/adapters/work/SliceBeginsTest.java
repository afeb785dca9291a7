package dev.halftone.adapters.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.item.BegunSlice;
import dev.halftone.domain.item.BegunSlice.BegunItem;
import dev.halftone.domain.item.ItemStore;
import dev.halftone.domain.item.Slice;
import dev.halftone.domain.item.SliceRun;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Slices that begin at the same time.
class SliceBeginsTest {
    private static final BatchId BATCH = BatchId.random(new SecureRandom());
    private static final SliceRun BAD = run(99);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Store store = new Store();
    private final SliceBegins begins = new SliceBegins(store);

    /// Begins everything but one slice, and holds the first transaction until told.
    private static final class Store implements ItemStore {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final List<List<SliceRun>> groups = new ArrayList<>();
        private Function<SliceRun, RuntimeException> refusal =
                run -> new IllegalStateException("slice " + run.instance() + " is refused");

        @Override
        public Map<SliceRun, BegunSlice> begin(BatchId batch, List<SliceRun> runs) {
            groups.add(runs);
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (runs.contains(BAD)) {
                throw refusal.apply(BAD);
            }
            BegunSlice slice = new BegunSlice(BatchOptions.DEFAULT.recipe(), List.of(), List.of());
            return runs.stream().collect(Collectors.toMap(run -> run, run -> slice));
        }

        @Override
        public Optional<BegunItem> beginSuspect(SliceRun run, int ordinal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Finished finish(BatchId batch, List<Ended> ended, List<SliceEnd> ends) {
            throw new UnsupportedOperationException();
        }
    }

    private static SliceRun run(int number) {
        return new SliceRun(new Slice(BATCH, List.of(number), true), "slice-" + number, "worker", 1);
    }

    private Future<Optional<BegunSlice>> begin(SliceRun run) {
        return threads.submit(() -> begins.begin(run));
    }

    /// One slice begins and four wait for its batch; then the way is free.
    private List<Future<Optional<BegunSlice>>> crowd(SliceRun last) throws InterruptedException {
        List<Future<Optional<BegunSlice>>> results = new ArrayList<>();
        results.add(begin(run(0)));
        store.entered.await();
        for (int i = 1; i < 4; i++) {
            results.add(begin(run(i)));
        }
        results.add(begin(last));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> begins.waiting(BATCH) == 4);
        store.go.countDown();
        return results;
    }

    @AfterEach
    void end() {
        store.go.countDown();
        threads.close();
    }

    @Test
    void thoseThatComeWhileOneBeginsBeginTogether() throws Exception {
        for (Future<Optional<BegunSlice>> each : crowd(run(4))) {
            assertThat(each.get()).isPresent();
        }
        assertThat(store.groups).extracting(List::size).containsExactly(1, 4);
        assertThat(begins.waiting(BATCH)).isZero();
    }

    @Test
    void oneThatIsRefusedFailsAlone() throws Exception {
        List<Future<Optional<BegunSlice>>> results = crowd(BAD);

        for (Future<Optional<BegunSlice>> each : results.subList(0, 4)) {
            assertThat(each.get()).isPresent();
        }
        assertThatThrownBy(results.getLast()::get).hasRootCauseMessage("slice slice-99 is refused");
        assertThat(store.groups).extracting(List::size).containsExactly(1, 4, 1, 1, 1, 1);
    }

    @Test
    void allFailOnceWhileTheStoreIsAway() throws Exception {
        store.refusal = run -> HalftoneException.of(FailureCode.STORAGE_UNAVAILABLE, "away");
        List<Future<Optional<BegunSlice>>> results = crowd(BAD);

        assertThat(results.getFirst().get()).isPresent();
        for (Future<Optional<BegunSlice>> each : results.subList(1, 5)) {
            assertThatThrownBy(each::get).hasRootCauseInstanceOf(HalftoneException.class);
        }
        assertThat(store.groups).extracting(List::size).containsExactly(1, 4);
    }
}
