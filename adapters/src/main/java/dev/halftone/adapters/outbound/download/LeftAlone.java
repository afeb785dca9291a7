package dev.halftone.adapters.outbound.download;

import dev.halftone.adapters.outbound.download.HostCircuits.State;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.time.Duration;
import java.util.Optional;

/// What those are told who want to ask a host that is to be left alone.
final class LeftAlone {

    private LeftAlone() {}

    /// It asked for that.
    static HalftoneException paused(Duration left) {
        return unasked(FailureCode.HTTP_STATUS, "the host asked to wait another " + seconds(left), left);
    }

    /// Does nothing for states in which it may be asked, now or soon.
    static void refuse(State state) {
        switch (state) {
            case State.Open(Duration left, Failure last) ->
                throw unasked(last.code(), "the host is left alone for " + seconds(left) + ": " + last.detail(), left);
            case State.GivenUp(Duration failing, Failure last) ->
                throw new HalftoneException(new Failure(
                        last.code(),
                        "the host has failed for " + failing.toMinutes() + " min and is given up: " + last.detail(),
                        false,
                        Optional.empty()));
            case State.Closed closed -> {}
            case State.HalfOpen halfOpen -> {}
            case State.Probed probed -> {}
        }
    }

    private static HalftoneException unasked(FailureCode code, String detail, Duration wait) {
        return HalftoneException.unasked(new Failure(code, detail, true, Optional.of(wait)));
    }

    private static String seconds(Duration duration) {
        return Math.ceilDiv(duration.toMillis(), 1000) + " s";
    }
}
