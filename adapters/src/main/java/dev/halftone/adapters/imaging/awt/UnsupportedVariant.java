package dev.halftone.adapters.imaging.awt;

/// A file is right as far as one can see, but of a kind that no reader here knows.
final class UnsupportedVariant extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedVariant(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
