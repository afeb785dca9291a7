package dev.halftone.domain.turn;

import dev.halftone.domain.engine.TurnOwner;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// Waiting things by owner, taken in turn over the owners in proportion to their weights; in the order they
/// came for one owner. With equal weights that is round-robin. Each owner's next turn has a date in a time of
/// its own, which goes on with the turns that are taken (self-clocked fair queueing, Golestani 1994): whoever
/// waits is reached, and whoever was away has saved nothing up. Not thread-safe.
public final class TurnQueue<T> {
    /// What a turn takes an owner of weight 1; a multiple of every weight from 1 to 10.
    private static final long WHOLE = 2_520;

    private final Map<TurnOwner, Row<T>> rows = new LinkedHashMap<>();
    private Optional<Map.Entry<TurnOwner, Row<T>>> first = Optional.empty();
    private long now;

    /// What one owner waits with.
    private record Row<T>(Queue<T> things, long date) {}

    public void add(TurnOwner owner, T thing) {
        rows.computeIfAbsent(owner, key -> new Row<>(new ArrayDeque<>(), after(now, key)))
                .things()
                .add(thing);
    }

    private static long after(long date, TurnOwner owner) {
        return date + WHOLE / Math.clamp(owner.weight(), 1, WHOLE);
    }

    /// Whose turn it is next, left in its place. It stays the next one whoever comes meanwhile, until it is
    /// taken or leaves.
    public Optional<T> peek() {
        return first().map(next -> next.getValue().things().element());
    }

    private Optional<Map.Entry<TurnOwner, Row<T>>> first() {
        if (first.isEmpty()) {
            first = rows.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().date()))
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue()));
        }
        return first;
    }

    /// Takes the next one.
    public Optional<T> poll() {
        Optional<Map.Entry<TurnOwner, Row<T>>> next = first();
        first = Optional.empty();
        return next.map(entry -> taken(entry.getKey(), entry.getValue()));
    }

    private T taken(TurnOwner owner, Row<T> row) {
        T thing = row.things().remove();
        now = row.date();
        rows.remove(owner);
        if (!row.things().isEmpty()) {
            // At the end: of owners with the same date, the one that has waited longest is served.
            rows.put(owner, new Row<>(row.things(), after(now, owner)));
        }
        return thing;
    }

    /// Takes a thing out; false when it is no longer there.
    public boolean remove(TurnOwner owner, T thing) {
        Optional<Row<T>> row =
                Optional.ofNullable(rows.get(owner)).filter(its -> its.things().remove(thing));
        if (row.filter(its -> its.things().isEmpty()).isPresent()) {
            rows.remove(owner);
            first = first.filter(next -> !next.getKey().equals(owner));
        }
        return row.isPresent();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }
}
