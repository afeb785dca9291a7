package dev.halftone.app.wiring;

import dev.halftone.adapters.storage.cloudinary.CloudinaryObjectStore;
import dev.halftone.adapters.storage.file.FileObjectStore;
import dev.halftone.adapters.storage.s3.S3ObjectStore;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.config.HalftoneConfig.Storage;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoreUnusable;
import java.net.URI;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The object store that was chosen, tried out.
record ObjectStores(ObjectStore store, AutoCloseable closeable) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectStores.class);

    /// @param publicUrl the service's own public address
    /// @throws StoreUnusable when the store can't do what it will have to
    static ObjectStores open(HalftoneConfig config, URI publicUrl, InstantSource clock) {
        return switch (config.storage()) {
            case Storage.File() ->
                new ObjectStores(new FileObjectStore(config.objectsDir(), publicUrl, clock), () -> {});
            case Storage.S3(var settings) -> {
                S3ObjectStore store = new S3ObjectStore(settings, publicUrl);
                yield tried(store, store, () -> store.check().ifPresent(LOG::warn));
            }
            case Storage.Cloudinary(var settings) -> {
                CloudinaryObjectStore store = new CloudinaryObjectStore(settings, clock);
                yield tried(store, store, store::check);
            }
        };
    }

    private static ObjectStores tried(ObjectStore store, AutoCloseable closeable, Runnable check) {
        try {
            check.run();
        } catch (StoreUnusable e) {
            new ObjectStores(store, closeable).closeQuietly(e);
            throw e;
        }
        return new ObjectStores(store, closeable);
    }

    private void closeQuietly(StoreUnusable why) {
        try {
            close();
        } catch (Exception e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void close() throws Exception {
        closeable.close();
    }
}
