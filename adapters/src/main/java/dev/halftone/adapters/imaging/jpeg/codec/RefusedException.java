package dev.halftone.adapters.imaging.jpeg.codec;

/// Carries a [Refusal] out of the codec. Cheap: it has no stack trace, because hostile files throw it by the
/// thousand.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    public static RefusedException damaged(int marker, int offset, String expected, Object found) {
        return new RefusedException(new Refusal(Refusal.Kind.DAMAGED, marker, offset, expected, String.valueOf(found)));
    }

    public static RefusedException unsupported(int marker, int offset, String expected, Object found) {
        return new RefusedException(
                new Refusal(Refusal.Kind.UNSUPPORTED, marker, offset, expected, String.valueOf(found)));
    }
}
