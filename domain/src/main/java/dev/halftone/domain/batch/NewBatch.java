package dev.halftone.domain.batch;

import dev.halftone.domain.access.Caller;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Optional;

/// A batch about to be stored.
///
/// @param by whose it is, and whose quota it counts against
/// @param upload where the CSV is kept
/// @param idempotencyKey the submitter's key, at most 255 characters; owners do not share keys
/// @param fingerprint of the CSV's bytes and the options: the same key with another fingerprint is a mistake
public record NewBatch(
        Caller by,
        BatchId id,
        BatchOptions options,
        ObjectKey upload,
        Optional<String> idempotencyKey,
        ContentHash fingerprint) {}
