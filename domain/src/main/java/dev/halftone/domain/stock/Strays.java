package dev.halftone.domain.stock;

import dev.halftone.domain.storage.ObjectKey;
import java.util.Collection;
import java.util.Set;

/// Port: judges objects that may have lost their row. Thread-safe.
public interface Strays {

    /// The database's own id, made with it: 26 characters. It tells whose an object store is.
    String stock();

    /// Of these keys, those that no row names, **and that from now on no row ever will**: whatever is being
    /// worked on under such a key, was frozen on the way, or is tried again later, can't be written down as the
    /// object's row any more. What may still be named, such as an output of a batch that has not ended, is not
    /// among them. A key that was condemned before may be given again.
    Set<ObjectKey> condemn(Collection<ObjectKey> keys);
}
