package dev.halftone.adapters.outbound.download;

import dev.halftone.adapters.outbound.download.HostCircuits.State;
import dev.halftone.domain.engine.TurnOwner;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.HalftoneException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Is polite to hosts: so many requests at once to each, in turn over those on whose account they are sent, and
/// none while a host has asked for a pause by `Retry-After` or its circuit is open. A short rest of a wait is
/// waited for; a longer one is refused at once as not tried, so that no worker is held by a host that wants
/// peace. Nothing is kept of a host that nobody uses and that answers. Thread-safe, made for virtual threads.
public final class HostPacing {
    /// Requests at once to one host, unless an operator says otherwise.
    public static final int PER_HOST = 6;

    private static final Duration WORTH_WAITING = Duration.ofSeconds(3);

    private final HostPermits permits;
    private final HostPauses pauses;
    private final HostCircuits circuits;

    /// @param perHost 1 or more
    public HostPacing(int perHost, InstantSource clock) {
        this(perHost, clock, CircuitRules.DEFAULT, new Random());
    }

    /// @param random spreads the times of probes
    public HostPacing(int perHost, InstantSource clock, CircuitRules rules, RandomGenerator random) {
        if (perHost < 1) {
            throw new IllegalArgumentException("requests at once to a host are 1 or more, not " + perHost);
        }
        this.permits = new HostPermits(perHost);
        this.pauses = new HostPauses(clock);
        this.circuits = new HostCircuits(rules, clock, random);
    }

    /// Whoever asks on no account of its own.
    static final TurnOwner NOBODY = new TurnOwner() {};

    /// The right to send one request; closing gives it back. What came of it is told before.
    public interface Turn extends AutoCloseable {
        /// The host answered.
        void answered();

        /// The host did not answer, or only that it can't.
        void failed(Failure failure);

        @Override
        void close();
    }

    /// Waits for this host's turn, on nobody's account.
    public Turn enter(String host) throws InterruptedException {
        return enter(host, NOBODY);
    }

    /// Waits for this host's turn.
    ///
    /// @param host the name and port
    /// @param owner on whose account
    /// @throws HalftoneException as [HalftoneException#isUnasked] while the host is to be left alone, with the
    /// time left; as a failure for good while it is given up
    public Turn enter(String host, TurnOwner owner) throws InterruptedException {
        Optional<Turn> turn = Optional.empty();
        while (turn.isEmpty()) {
            refuseWhilePaused(host);
            awaitVerdict(host);
            turn = queueFor(host, owner);
        }
        return turn.get();
    }

    /// Empty when the turn came while another one probes the host: then it is given back.
    private Optional<Turn> queueFor(String host, TurnOwner owner) throws InterruptedException {
        HostPermits.Held permit = permits.acquire(host, owner);
        Optional<Turn> turn = Optional.empty();
        try {
            awaitShortPause(host);
            State state = circuits.ask(host);
            LeftAlone.refuse(state);
            boolean probe = state instanceof State.HalfOpen;
            if (probe || state instanceof State.Closed) {
                turn = Optional.of(new HostTurn(host, permit, probe));
            }
            return turn;
        } finally {
            if (turn.isEmpty()) {
                permit.close();
            }
        }
    }

    /// Tells that a host asked for a pause.
    public void pause(String host, Duration wait) {
        if (wait.isPositive()) {
            pauses.pause(host, wait);
        }
    }

    /// How many hosts are in use, for tests and metrics.
    public int hostsInUse() {
        return permits.inUse();
    }

    private final class HostTurn implements Turn {
        private final String host;
        private final HostPermits.Held permit;
        private final boolean probe;
        private boolean told;

        HostTurn(String host, HostPermits.Held permit, boolean probe) {
            this.host = host;
            this.permit = permit;
            this.probe = probe;
        }

        @Override
        public void answered() {
            told = true;
            circuits.answered(host);
        }

        @Override
        public void failed(Failure failure) {
            told = true;
            circuits.failed(host, failure, probe);
        }

        @Override
        public void close() {
            if (probe && !told) {
                circuits.released(host);
            }
            permit.close();
        }
    }

    private void refuseWhilePaused(String host) {
        Duration left = pauses.left(host);
        if (left.compareTo(WORTH_WAITING) > 0) {
            throw LeftAlone.paused(left);
        }
    }

    /// Of a probe that is under way, those who want to ask too wait for the end, if it comes soon. They hold no
    /// permit meanwhile.
    private void awaitVerdict(String host) throws InterruptedException {
        State state = circuits.look(host);
        if (state instanceof State.Probed probed) {
            boolean over = probed.ends().await(WORTH_WAITING.toMillis(), TimeUnit.MILLISECONDS);
            state = over ? circuits.look(host) : probed.otherwise();
        }
        LeftAlone.refuse(state);
    }

    /// The pause may have been asked for while this caller stood in the queue. Nobody else gets through
    /// meanwhile, so the permit is kept; waiting for a latch that never falls is a wait that an interrupt ends.
    private void awaitShortPause(String host) throws InterruptedException {
        refuseWhilePaused(host);
        Duration left = pauses.left(host);
        while (left.isPositive()) {
            boolean _ = new CountDownLatch(1).await(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
            refuseWhilePaused(host);
            left = pauses.left(host);
        }
    }
}
