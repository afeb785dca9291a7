package dev.halftone.adapters.outbound.download;

import dev.halftone.domain.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A circuit breaker for each host (Nygard, Release It!): closed while the host answers, open after so many
/// failures in a row, half open when the time is over: then one request probes it. Its success closes the
/// circuit, its failure opens it for longer. A host whose circuit has been open for very long is given up until
/// a probe succeeds. Of hosts that answer nothing is kept; of those that fail the last ten thousand.
/// Thread-safe.
final class HostCircuits {
    private static final Logger LOG = LoggerFactory.getLogger(HostCircuits.class);
    private static final int REMEMBERED = 10_000;
    private static final double SPREAD = 0.2;

    /// Longer than the longest pause that a host may ask for.
    private static final Duration FORGOTTEN = Duration.ofMinutes(90);

    private final CircuitRules rules;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Circuit> failing = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Circuit> eldest) {
            return size() > REMEMBERED;
        }
    };

    HostCircuits(CircuitRules rules, InstantSource clock, RandomGenerator random) {
        this.rules = rules;
        this.clock = clock;
        this.random = random;
    }

    /// What may be done about a host now.
    sealed interface State {
        /// Ask it.
        record Closed() implements State {}

        /// Ask it, alone: the circuit waits for what comes of it.
        record HalfOpen() implements State {}

        /// Somebody else asks it at this moment; the latch falls when that ends.
        record Probed(CountDownLatch ends, State otherwise) implements State {}

        /// Leave it alone.
        record Open(Duration left, Failure last) implements State {}

        /// Leave it alone, and do not wait for it.
        record GivenUp(Duration failing, Failure last) implements State {}
    }

    /// A host that failed last.
    private static final class Circuit {
        final Instant since;
        Instant lastly;
        Failure last;
        int failures;
        int failedProbes;
        Duration pause = Duration.ZERO;
        Optional<Instant> until = Optional.empty();
        Optional<CountDownLatch> probe = Optional.empty();
        boolean givenUp;

        Circuit(Instant since, Failure last) {
            this.since = since;
            this.lastly = since;
            this.last = last;
        }
    }

    /// How a host stands; one that is half open is left to whoever asks next.
    synchronized State look(String host) {
        return current(host).map(this::stateOf).orElseGet(State.Closed::new);
    }

    /// What was learned long ago says nothing about today.
    private Optional<Circuit> current(String host) {
        Optional<Circuit> circuit = Optional.ofNullable(failing.get(host));
        if (circuit.filter(known -> known.lastly.plus(FORGOTTEN).isBefore(clock.instant()))
                .isPresent()) {
            failing.remove(host);
            circuit.ifPresent(HostCircuits::release);
            return Optional.empty();
        }
        return circuit;
    }

    /// Likewise; with [State.HalfOpen] the caller is the one who asks, and has to tell what came of it.
    synchronized State ask(String host) {
        State state = look(host);
        if (state instanceof State.HalfOpen) {
            current(host).ifPresent(circuit -> circuit.probe = Optional.of(new CountDownLatch(1)));
        }
        return state;
    }

    private State stateOf(Circuit circuit) {
        if (circuit.until.isEmpty()) {
            return new State.Closed();
        }
        Instant now = clock.instant();
        Duration left = Duration.between(now, circuit.until.get());
        if (!left.isPositive() && circuit.probe.isEmpty()) {
            return new State.HalfOpen();
        }
        State alone = circuit.givenUp
                ? new State.GivenUp(Duration.between(circuit.since, now), circuit.last)
                : new State.Open(circuit.probe.isEmpty() ? left : circuit.pause, circuit.last);
        return circuit.probe.<State>map(ends -> new State.Probed(ends, alone)).orElse(alone);
    }

    /// The host answered.
    synchronized void answered(String host) {
        Circuit circuit = failing.remove(host);
        if (circuit != null) {
            release(circuit);
            if (circuit.until.isPresent()) {
                LOG.info("host {} answers again", host);
            }
        }
    }

    /// The host did not answer, or only that it can't.
    ///
    /// @param probe whether the caller asked as the only one
    synchronized void failed(String host, Failure failure, boolean probe) {
        Instant now = clock.instant();
        Circuit circuit = failing.computeIfAbsent(host, name -> new Circuit(now, failure));
        if (circuit.until.isPresent() && !probe) {
            // Begun before the circuit opened: it tells nothing new.
            return;
        }
        circuit.last = failure;
        circuit.lastly = now;
        circuit.failures++;
        if (probe) {
            circuit.failedProbes++;
            release(circuit);
            open(host, circuit, rules.after(circuit.pause), now);
        } else if (circuit.failures >= rules.failures()) {
            open(host, circuit, rules.first(), now);
        }
    }

    private void open(String host, Circuit circuit, Duration pause, Instant now) {
        circuit.pause = pause;
        double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
        circuit.until = Optional.of(now.plusMillis(Math.round(pause.toMillis() * spread)));
        boolean hopeless = circuit.failedProbes >= rules.probes()
                && Duration.between(circuit.since, now).compareTo(rules.hopeless()) >= 0;
        if (hopeless && !circuit.givenUp) {
            circuit.givenUp = true;
            LOG.warn("host {} is given up, its items fail: {}", host, circuit.last.detail());
        } else if (circuit.failedProbes == 0) {
            LOG.info("host {} is left alone, its items wait: {}", host, circuit.last.detail());
        }
    }

    /// Nothing came of the probe, as when its caller was interrupted: the next one may probe.
    synchronized void released(String host) {
        Circuit circuit = failing.get(host);
        if (circuit != null) {
            release(circuit);
        }
    }

    private static void release(Circuit circuit) {
        circuit.probe.ifPresent(CountDownLatch::countDown);
        circuit.probe = Optional.empty();
    }
}
