package dev.halftone.domain.batch;

import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Optional;

/// A batch about to be stored.
///
/// @param upload where the CSV is kept
/// @param idempotencyKey the submitter's key, at most 255 characters
/// @param fingerprint of the CSV's bytes and the options: the same key with another fingerprint is a mistake
public record NewBatch(
        BatchId id, BatchOptions options, ObjectKey upload, Optional<String> idempotencyKey, ContentHash fingerprint) {}
