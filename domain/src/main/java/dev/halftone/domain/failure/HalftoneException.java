package dev.halftone.domain.failure;

/// Carries a [Failure] out of a port to the place that turns it into an item's outcome or an HTTP problem.
public final class HalftoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean unasked;

    public HalftoneException(Failure failure) {
        this(failure, false);
    }

    private HalftoneException(Failure failure, boolean unasked) {
        super(failure.code().wire() + ": " + failure.detail());
        this.failure = failure;
        this.unasked = unasked;
    }

    public HalftoneException(Failure failure, Throwable cause) {
        super(failure.code().wire() + ": " + failure.detail(), cause);
        this.failure = failure;
        this.unasked = false;
    }

    /// Nothing was tried: the host is left alone for now.
    ///
    /// @param failure why, with the time to wait as its [Failure#retryAfter]
    public static HalftoneException unasked(Failure failure) {
        return new HalftoneException(failure, true);
    }

    public static HalftoneException of(FailureCode code, String detail) {
        return new HalftoneException(Failure.of(code, detail));
    }

    public static HalftoneException of(FailureCode code, String detail, Throwable cause) {
        return new HalftoneException(Failure.of(code, detail), cause);
    }

    public Failure failure() {
        return failure;
    }

    /// Whether nothing was tried, so that this is no failure of the one who asked.
    public boolean isUnasked() {
        return unasked;
    }
}
