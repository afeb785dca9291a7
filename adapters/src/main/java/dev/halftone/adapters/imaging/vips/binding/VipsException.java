package dev.halftone.adapters.imaging.vips.binding;

/// libvips refused; the message is the first line of what it said.
public final class VipsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VipsException(String said) {
        super(said);
    }
}
