package dev.halftone.domain.failure;

/// Carries a [Failure] out of a port to the place that turns it into an item's outcome or an HTTP problem.
public final class HalftoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public HalftoneException(Failure failure) {
        super(failure.code().wire() + ": " + failure.detail());
        this.failure = failure;
    }

    public HalftoneException(Failure failure, Throwable cause) {
        super(failure.code().wire() + ": " + failure.detail(), cause);
        this.failure = failure;
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
}
