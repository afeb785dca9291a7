package dev.halftone.adapters.imaging.search;

import dev.halftone.adapters.imaging.pixel.Deadline;
import java.io.IOException;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Finds where a ladder crosses a target, by regula falsi on a scale on which quality is nearly straight: the
/// logarithm of the bytes, or of what is missing from full likeness. A guess that does not halve what is left
/// is followed by one that does, so a curve with a knee costs a few tries more, not all of them; five are usual.
/// Qualities are tried in quarters: near the top a whole step of JPEG's scale is a fifth of the bytes.
///
/// Where time runs short, the best that was found is taken, and an end of the ladder is tried where nothing was.
public final class QualitySearch {
    private static final int PARTS = 4;
    private static final int FIRST = PARTS;
    private static final int LAST = PARTS * QualityLadder.TOP;
    private static final int START = PARTS * 50;

    /// Tries after which the best there is will do.
    private static final int MANY = 8;

    /// How near to its target a result ends the search, as a share of bytes or of missing likeness.
    private static final double CLOSE = 0.985;

    /// Steps over which the measure grows by a factor of e, near the middle of the usual scales.
    private static final double SLOPE = PARTS * 35;

    private final QualityLadder ladder;
    private final ToDoubleFunction<byte[]> measured;
    private final DoubleUnaryOperator scored;
    private final boolean wantsLow;
    private final Deadline deadline;
    private @Nullable Try low;
    private @Nullable Try high;
    private int tries;
    private long slowest;

    /// @param score of the measure on the straight scale: under or at the target, or over it
    @SuppressWarnings("ArrayRecordComponent")
    private record Try(int step, byte[] bytes, double measure, double score) {
        Rung rung(boolean met) {
            return new Rung((double) step / PARTS, bytes, met, measure);
        }
    }

    private QualitySearch(
            QualityLadder ladder,
            ToDoubleFunction<byte[]> measured,
            DoubleUnaryOperator scored,
            boolean wantsLow,
            Deadline deadline) {
        this.ladder = ladder;
        this.measured = measured;
        this.scored = scored;
        this.wantsLow = wantsLow;
        this.deadline = deadline;
    }

    /// The highest quality with at most this many bytes; the lowest of all where none has so few.
    ///
    /// @param ceiling at least 1
    public static Rung within(QualityLadder ladder, long ceiling, Deadline deadline) throws IOException {
        return new QualitySearch(ladder, bytes -> bytes.length, size -> Math.log(size / ceiling), true, deadline).run();
    }

    /// The lowest quality that is at least this alike; the highest of all where none is.
    ///
    /// @param likeness of an encoded picture to the one it was made from, at most 1
    /// @param least under 1
    public static Rung alike(QualityLadder ladder, ToDoubleFunction<byte[]> likeness, double least, Deadline deadline)
            throws IOException {
        double allowed = 1 - least;
        DoubleUnaryOperator score = alike -> Math.log(allowed / Math.max(1 - alike, allowed * 1e-9));
        return new QualitySearch(ladder, likeness, score, false, deadline).run();
    }

    private Rung run() throws IOException {
        int width = LAST;
        boolean halve = false;
        while (true) {
            int from = low == null ? FIRST - 1 : low.step;
            int to = high == null ? LAST + 1 : high.step;
            if (to - from <= 1 || isGoodEnough()) {
                return result();
            }
            int now = to - from;
            halve = low != null && high != null && !halve && now > width / 2;
            width = now;
            attempt(Math.clamp(halve ? (from + to) / 2 : guess(), from + 1, to - 1));
        }
    }

    private Rung result() {
        Try wanted = wantsLow ? low : high;
        Try other = wantsLow ? high : low;
        if (wanted != null) {
            return wanted.rung(true);
        }
        if (other == null) {
            throw new IllegalStateException("nothing was tried");
        }
        return other.rung(false);
    }

    private boolean isGoodEnough() {
        Try wanted = wantsLow ? low : high;
        return wanted != null && (Math.abs(wanted.score) <= -Math.log(CLOSE) || tries >= MANY || timeIsShort());
    }

    private boolean timeIsShort() {
        return deadline.remaining().toNanos() < 2 * slowest;
    }

    private int guess() {
        Try under = low;
        Try over = high;
        if (under == null && over == null) {
            return START;
        }
        if (under != null && over != null) {
            return between(under, over);
        }
        if (timeIsShort()) {
            return wantsLow ? FIRST : LAST;
        }
        // A little too far ends the one-sided part, a little too short prolongs it; so each step is longer.
        int least = PARTS << Math.min(tries, 6);
        if (under != null) {
            return under.step + Math.max(least, (int) Math.ceil(-under.score * SLOPE));
        }
        Try above = Objects.requireNonNull(over);
        return above.step - Math.max(least, (int) Math.ceil(above.score * SLOPE));
    }

    private static int between(Try under, Try over) {
        double share = -under.score / (over.score - under.score);
        int span = over.step - under.step;
        return under.step + (int) Math.round(Double.isFinite(share) ? share * span : span / 2.0);
    }

    private void attempt(int step) throws IOException {
        deadline.check();
        tries++;
        long begun = System.nanoTime();
        byte[] bytes = ladder.at((double) step / PARTS);
        double measure = measured.applyAsDouble(bytes);
        slowest = Math.max(slowest, System.nanoTime() - begun);
        double score = scored.applyAsDouble(measure);
        Try made = new Try(step, bytes, measure, score);
        if (wantsLow ? score <= 0 : score < 0) {
            low = made;
        } else {
            high = made;
        }
    }
}
