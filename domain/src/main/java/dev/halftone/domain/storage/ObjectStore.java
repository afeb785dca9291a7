package dev.halftone.domain.storage;

import dev.halftone.domain.failure.HalftoneException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/// Port: keeps objects under stable keys. Thread-safe. When [#put] has returned, the object is whole and
/// durable: it survives a kill -9 and a power cut. Storing again under a key replaces the object in one step; a
/// reader sees the old or the new.
public interface ObjectStore {

    /// Stores bytes.
    ///
    /// @throws HalftoneException with `storage_full` or `storage_unavailable`; the key then holds what it held
    /// before
    void put(ObjectKey key, byte[] bytes, String mediaType);

    /// Stores a stream of any length and returns how many bytes it had. An [IOException] of the given stream
    /// passes through and nothing is stored.
    ///
    /// @throws HalftoneException with `storage_full` or `storage_unavailable`
    long put(ObjectKey key, InputStream bytes, String mediaType) throws IOException;

    /// Opens an object; the caller closes it.
    Optional<StoredObject> open(ObjectKey key);

    /// Removes an object; a key that holds nothing is no error.
    void delete(ObjectKey key);

    /// The address under which the world finds the object.
    URI publicUrl(ObjectKey key);
}
