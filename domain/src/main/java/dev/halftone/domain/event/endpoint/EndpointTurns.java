package dev.halftone.domain.event.endpoint;

import dev.halftone.domain.source.SourceUrl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lets only so many attempts at one endpoint run at the same time, so that a slow receiver never takes the
/// slots of the others. Who finds no turn is told when to come again: later and later, at the pace of the
/// receiver's last answer, so that a thousand waiting messages do not all ask again at once. Thread-safe.
public final class EndpointTurns {
    private static final Duration QUICKEST = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final int each;
    private final InstantSource clock;
    private final Map<String, Line> lines = new HashMap<>();

    private static final class Line {
        private int running;
        private Duration pace = QUICKEST;
        private Instant nextTurn;

        private Line(Instant now) {
            nextTurn = now;
        }
    }

    /// @param each attempts at one endpoint at the same time, at least 1
    public EndpointTurns(int each, InstantSource clock) {
        if (each < 1) {
            throw new IllegalArgumentException("an endpoint has at least one turn");
        }
        this.each = each;
        this.clock = clock;
    }

    /// Takes a turn, which [#leave] gives back.
    ///
    /// @return when to come again, where no turn was free; within a minute
    public synchronized Optional<Instant> enter(SourceUrl endpoint) {
        Instant now = clock.instant();
        Line line = lines.computeIfAbsent(endpoint.toString(), url -> new Line(now));
        if (line.running < each) {
            line.running++;
            return Optional.empty();
        }
        Instant from = line.nextTurn.isAfter(now) ? line.nextTurn : now;
        Instant turn = from.plus(line.pace.dividedBy(each));
        Instant latest = now.plus(LONGEST_WAIT);
        line.nextTurn = turn.isAfter(latest) ? latest : turn;
        return Optional.of(line.nextTurn);
    }

    /// @param took how long the attempt lasted
    public synchronized void leave(SourceUrl endpoint, Duration took) {
        Line left = lines.get(endpoint.toString());
        if (left == null || left.running == 0) {
            throw new IllegalStateException("no turn was taken");
        }
        left.running--;
        left.pace = took.compareTo(QUICKEST) < 0 ? QUICKEST : took;
        Instant now = clock.instant();
        lines.values().removeIf(line -> line.running == 0 && !line.nextTurn.isAfter(now));
    }
}
