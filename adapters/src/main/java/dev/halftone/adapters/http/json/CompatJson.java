package dev.halftone.adapters.http.json;

import dev.halftone.domain.batch.Batch;

/// The answers of the compatibility routes, field by field what their users know.
public sealed interface CompatJson {

    /// Of `POST /upload`.
    record Taken(String requestId, String message) implements CompatJson {}

    /// Of `POST /processImages` and `POST /api/upload`.
    record Id(String requestId) implements CompatJson {}

    /// Of `GET /api/status/{id}`: `Pending`, `Completed` or `Failed`.
    record Word(String requestId, String status) implements CompatJson {

        public static Word of(Batch batch) {
            String word = switch (batch.state()) {
                case PENDING, PROCESSING -> "Pending";
                case COMPLETED -> "Completed";
                case FAILED, CANCELLED -> "Failed";
            };
            return new Word(batch.id().toString(), word);
        }
    }

    /// Of `GET /status/{id}`.
    record Status(
            String requestId, String status, long totalImages, long processedImages, String createdAt, String updatedAt)
            implements CompatJson {

        public static Status of(Batch batch) {
            return new Status(
                    batch.id().toString(),
                    batch.state().wire(),
                    batch.progress().total(),
                    batch.progress().finished(),
                    Json.instant(batch.created()),
                    Json.instant(batch.updated()));
        }
    }
}
