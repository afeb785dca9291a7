package dev.halftone.domain.storage;

import dev.halftone.domain.failure.HalftoneException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

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

    /// The objects whose keys begin with a prefix, in no promised order. They come a page at a time, so that
    /// memory does not grow with their number. One that stands all the while is listed; one that is put or
    /// deleted meanwhile may be. What is no object of ours is passed over. The caller closes the stream, which
    /// throws what this throws.
    ///
    /// @param prefix such as `batches/`, see [ObjectKey#checkPrefix]; empty for all
    /// @throws HalftoneException with `storage_unavailable`
    Stream<ListedObject> list(String prefix);

    /// Removes what puts left behind that never ended: temporary files, parts of an upload. Nobody can see it,
    /// and a put that is still under way after so long fails.
    ///
    /// @param age how long nothing happened to it
    /// @return how many were removed
    /// @throws HalftoneException with `storage_unavailable`
    int sweepUnfinished(Duration age);

    /// The address under which the world finds the object.
    URI publicUrl(ObjectKey key);
}
