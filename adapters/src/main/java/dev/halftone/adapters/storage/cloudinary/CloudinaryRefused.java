package dev.halftone.adapters.storage.cloudinary;

import java.io.IOException;

/// Cloudinary answered something other than success.
final class CloudinaryRefused extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 160;

    private final int status;

    /// @param message what it said
    CloudinaryRefused(int status, String message) {
        super(message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /// 408, 420 (too many at once), 429 and the 5xx pass.
    boolean passes() {
        return status >= 500 || status == 408 || status == 420 || status == 429;
    }
}
