package dev.halftone.domain.storage;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/// An open object.
///
/// @param content from the first byte
/// @param bytes its whole length
/// @param stored when it was put
public record StoredObject(InputStream content, long bytes, Instant stored) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        content.close();
    }
}
