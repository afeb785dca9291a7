package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// The answers of the compatibility routes for single images, field by field what their users know.
public sealed interface CompatImageJson {

    /// Of `POST /upload` with an image.
    record Uploaded(String imageId, String url) implements CompatImageJson {}

    /// Of `POST /process` when the result is there.
    record Made(String url) implements CompatImageJson {}

    /// Of `POST /process` when it comes later.
    record Queued(
            String jobId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String webhookSecret) implements CompatImageJson {

        /// Without the secret.
        @Override
        public String toString() {
            return "Queued[…]";
        }
    }
}
