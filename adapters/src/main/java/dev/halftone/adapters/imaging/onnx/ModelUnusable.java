package dev.halftone.adapters.imaging.onnx;

/// The operator's model can't be used; its message says what, where and what is expected.
public final class ModelUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelUnusable(String message) {
        super(message);
    }

    ModelUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
