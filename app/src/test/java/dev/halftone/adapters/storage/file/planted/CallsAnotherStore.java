package dev.halftone.adapters.storage.file.planted;

import dev.halftone.adapters.storage.s3.S3ObjectStore;

/// Breaks the rule that object stores do not know each other.
public final class CallsAnotherStore {
    public Class<?> call() {
        return S3ObjectStore.class;
    }
}
