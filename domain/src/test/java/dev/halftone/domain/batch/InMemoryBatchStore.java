package dev.halftone.domain.batch;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.event.WebhookSecret;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.item.ItemState;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowSink;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A [BatchStore] in memory whose items a test begins and ends by hand. Everything runs under one lock.
public final class InMemoryBatchStore implements BatchStore {
    private final InstantSource clock;
    private final Map<BatchId, Kept> batches = new LinkedHashMap<>();
    private final Map<List<String>, Kept> byKey = new HashMap<>();
    private final Map<SourceUrl, WebhookSecret> secrets = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private Optional<RuntimeException> outage = Optional.empty();
    private int brokenFrom = Integer.MAX_VALUE;
    private int finds;

    public InMemoryBatchStore(InstantSource clock) {
        this.clock = clock;
    }

    /// Makes every call throw until [#recover].
    public synchronized void breakDown(RuntimeException outage) {
        this.outage = Optional.of(outage);
    }

    public synchronized void recover() {
        outage = Optional.empty();
    }

    /// Makes every [#results] throw from this row on.
    public synchronized void breakRowsFrom(int rowIndex) {
        brokenFrom = rowIndex;
    }

    @Override
    public synchronized Submitted submit(NewBatch batch, RowFeed feed) throws IOException {
        checkUp();
        Kept taken =
                batch.idempotencyKey().map(key -> byKey.get(of(batch, key))).orElse(null);
        if (taken != null) {
            return new Submitted.KeyTaken(taken.view(), taken.submitted.fingerprint());
        }
        Kept kept = new Kept(batch, clock.instant());
        Optional<ManifestSummary> summary = feed.into(kept);
        if (summary.isEmpty()) {
            return new Submitted.RolledBack();
        }
        kept.summary = summary.get();
        batches.put(batch.id(), kept);
        batch.idempotencyKey().ifPresent(key -> byKey.put(of(batch, key), kept));
        return new Submitted.Stored(
                kept.view(),
                batch.options()
                        .webhook()
                        .filter(endpoint -> !secrets.containsKey(endpoint))
                        .map(this::newSecret));
    }

    private static List<String> of(NewBatch batch, String key) {
        return List.of(batch.by().owner().name(), key);
    }

    private WebhookSecret newSecret(SourceUrl endpoint) {
        WebhookSecret secret = WebhookSecret.random(random);
        secrets.put(endpoint, secret);
        return secret;
    }

    /// How often a batch was looked for.
    public synchronized int finds() {
        return finds;
    }

    @Override
    public synchronized Optional<Batch> find(Owner owner, BatchId id) {
        finds++;
        checkUp();
        return Optional.ofNullable(batches.get(id))
                .filter(kept -> kept.isOf(owner))
                .map(Kept::view);
    }

    @Override
    public synchronized List<Batch> list(Owner owner, Optional<BatchState> state, Optional<BatchId> before, int limit) {
        checkUp();
        List<Batch> newestFirst = new ArrayList<>(batches.values())
                .reversed().stream()
                        .filter(kept -> kept.isOf(owner))
                        .map(Kept::view)
                        .toList();
        int from = before.map(id -> newestFirst.stream().map(Batch::id).toList().indexOf(id) + 1)
                .orElse(0);
        return newestFirst.subList(from, newestFirst.size()).stream()
                .filter(batch -> state.isEmpty() || batch.state() == state.get())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<ItemView> items(Owner owner, BatchId id, ItemFilter filter) {
        return kept(id).isOf(owner) ? itemsOfAnyone(id, filter) : List.of();
    }

    @Override
    public synchronized List<ItemView> itemsOfAnyone(BatchId id, ItemFilter filter) {
        checkUp();
        return kept(id).items.stream()
                .filter(item -> filter.after().isEmpty()
                        || item.ordinal() > filter.after().getAsInt())
                .filter(item -> filter.state().isEmpty()
                        || item.state() == filter.state().get())
                .filter(item -> filter.code().isEmpty() || item.code().equals(filter.code()))
                .limit(filter.limit())
                .toList();
    }

    @Override
    public synchronized boolean delete(BatchId id) {
        checkUp();
        Kept gone = batches.remove(id);
        byKey.values().remove(gone);
        return gone != null;
    }

    @Override
    public synchronized ResultCursor results(Owner owner, BatchId id) {
        checkUp();
        if (!batches.containsKey(id) || !kept(id).isOf(owner)) {
            throw new BatchGone(id);
        }
        List<ItemView> items = List.copyOf(kept(id).items);
        int broken = brokenFrom;
        return new ResultCursor() {
            private int given;

            @Override
            public List<ItemView> row(int rowIndex) {
                if (rowIndex >= broken) {
                    throw new IllegalStateException("the cursor broke at row " + rowIndex);
                }
                return items.stream()
                        .filter(item -> item.rowIndex() == rowIndex)
                        .toList();
            }

            @Override
            public Optional<ItemView> next() {
                return given < items.size() ? Optional.of(items.get(given++)) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    /// Marks an item as begun once more.
    public synchronized void begin(BatchId id, int ordinal) {
        Kept kept = kept(id);
        ItemView item = kept.items.get(ordinal);
        kept.put(with(
                item, ItemState.PROCESSING, Optional.empty(), Optional.empty(), Optional.empty(), item.attempts() + 1));
    }

    public synchronized void complete(BatchId id, int ordinal, ItemView.Delivered result) {
        end(id, ordinal, ItemState.COMPLETED, Optional.of(result), Optional.empty(), Optional.empty());
    }

    public synchronized void fail(BatchId id, int ordinal, FailureCode code, String detail) {
        end(id, ordinal, ItemState.FAILED, Optional.empty(), Optional.of(code), Optional.of(detail));
    }

    /// Cancels what is not final yet.
    public synchronized void cancel(BatchId id) {
        for (ItemView item : List.copyOf(kept(id).items)) {
            if (item.state() == ItemState.PENDING || item.state() == ItemState.PROCESSING) {
                end(id, item.ordinal(), ItemState.CANCELLED, Optional.empty(), Optional.empty(), Optional.empty());
            }
        }
    }

    private void end(
            BatchId id,
            int ordinal,
            ItemState state,
            Optional<ItemView.Delivered> result,
            Optional<FailureCode> code,
            Optional<String> detail) {
        Kept kept = kept(id);
        ItemView item = kept.items.get(ordinal);
        kept.put(with(item, state, result, code, detail, Math.max(1, item.attempts())));
    }

    private static ItemView with(
            ItemView item,
            ItemState state,
            Optional<ItemView.Delivered> result,
            Optional<FailureCode> code,
            Optional<String> detail,
            int attempts) {
        return new ItemView(
                item.ordinal(),
                item.rowIndex(),
                item.line(),
                item.product(),
                item.position(),
                item.url(),
                state,
                result,
                code,
                detail,
                attempts);
    }

    private Kept kept(BatchId id) {
        Kept kept = batches.get(id);
        if (kept == null) {
            throw new IllegalArgumentException("no batch " + id);
        }
        return kept;
    }

    private void checkUp() {
        outage.ifPresent(exception -> {
            throw exception;
        });
    }

    /// One batch with its items; takes the rows as they are read.
    private final class Kept implements RowSink {
        private final NewBatch submitted;
        private final Instant created;
        private final List<ItemView> items = new ArrayList<>();
        private final List<Assumption> assumptions = new ArrayList<>();
        private ManifestSummary summary = new ManifestSummary(0, 0, 0, 0);
        private Instant updated;
        private Optional<Instant> started = Optional.empty();
        private Optional<Instant> finished = Optional.empty();

        Kept(NewBatch submitted, Instant created) {
            this.submitted = submitted;
            this.created = created;
            this.updated = created;
        }

        boolean isOf(Owner owner) {
            return submitted.by().owner().equals(owner);
        }

        @Override
        public void row(Row row) {
            int position = 1;
            for (SourceUrl url : row.images()) {
                items.add(new ItemView(
                        items.size(),
                        row.index(),
                        row.line(),
                        row.product(),
                        position++,
                        url.toString(),
                        ItemState.PENDING,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0));
            }
        }

        @Override
        public void problem(RowProblem problem) {}

        @Override
        public void assumption(Assumption assumption) {
            if (assumptions.size() < 1_000) {
                assumptions.add(assumption);
            }
        }

        void put(ItemView item) {
            items.set(item.ordinal(), item);
            updated = clock.instant();
            started = started.or(() -> Optional.of(updated));
            finished = state().isFinal() ? Optional.of(updated) : Optional.empty();
        }

        private long count(ItemState state) {
            return items.stream().filter(item -> item.state() == state).count();
        }

        private BatchState state() {
            if (count(ItemState.PENDING) + count(ItemState.PROCESSING) > 0) {
                return started.isEmpty() ? BatchState.PENDING : BatchState.PROCESSING;
            }
            if (count(ItemState.CANCELLED) > 0) {
                return BatchState.CANCELLED;
            }
            return count(ItemState.FAILED) == items.size() ? BatchState.FAILED : BatchState.COMPLETED;
        }

        Batch view() {
            return new Batch(
                    submitted.id(),
                    state(),
                    submitted.options(),
                    summary.products(),
                    summary.badRows(),
                    assumptions,
                    progress(),
                    created,
                    updated,
                    started,
                    finished,
                    finished.flatMap(end -> submitted
                            .options()
                            .retention()
                            .filter(time -> !time.isForGood())
                            .map(time -> end.plus(time.time()))));
        }

        private BatchProgress progress() {
            Map<FailureCode, Long> failures = new EnumMap<>(FailureCode.class);
            items.stream()
                    .filter(item -> item.state() == ItemState.FAILED)
                    .forEach(item -> failures.merge(item.code().orElse(FailureCode.INTERNAL), 1L, Long::sum));
            List<ItemView.Delivered> delivered =
                    items.stream().flatMap(item -> item.result().stream()).toList();
            return new BatchProgress(
                    items.size(),
                    count(ItemState.PENDING),
                    count(ItemState.PROCESSING),
                    count(ItemState.COMPLETED),
                    delivered.stream()
                            .filter(result -> result.outcome().equals("kept_original"))
                            .count(),
                    count(ItemState.FAILED),
                    count(ItemState.CANCELLED),
                    delivered.stream().mapToLong(ItemView.Delivered::bytesIn).sum(),
                    delivered.stream().mapToLong(ItemView.Delivered::bytesOut).sum(),
                    failures);
        }
    }
}
