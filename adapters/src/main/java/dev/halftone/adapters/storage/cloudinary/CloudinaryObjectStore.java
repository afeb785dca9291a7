package dev.halftone.adapters.storage.cloudinary;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoreUnusable;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Keeps objects as assets of Cloudinary: pictures as images that everybody can fetch (and transform),
/// everything else as private files. Streams go up in pieces, one in memory at a time; the asset appears, or
/// is replaced, with the last. Caches are told of a replacement, yet may show the old picture for a while.
/// Thread-safe.
public final class CloudinaryObjectStore implements ObjectStore, AutoCloseable {
    /// Cloudinary takes pieces from 5 MB.
    static final int PIECE = 8 << 20;

    private final CloudinarySettings settings;
    private final CloudinaryApi api;
    private final AssetDownload download;

    public CloudinaryObjectStore(CloudinarySettings settings, InstantSource clock) {
        this.settings = settings;
        this.api = new CloudinaryApi(settings);
        this.download = new AssetDownload(clock);
    }

    /// Uploads, reads and deletes a file of its own.
    ///
    /// @throws StoreUnusable when any of it fails
    public void check() {
        new CloudinaryCheck(settings, api, download).run();
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, String mediaType) {
        AssetName name = name(key);
        try {
            api.upload(name, bytes);
        } catch (IOException e) {
            throw CloudinaryFailures.of(e, "upload");
        }
    }

    @Override
    public long put(ObjectKey key, InputStream bytes, String mediaType) throws IOException {
        byte[] piece = bytes.readNBytes(PIECE);
        if (piece.length < PIECE) {
            put(key, piece, mediaType);
            return piece.length;
        }
        AssetName name = name(key);
        String upload = UUID.randomUUID().toString();
        long size = 0;
        while (piece.length > 0) {
            byte[] next = piece.length < PIECE ? new byte[0] : bytes.readNBytes(PIECE);
            send(name, piece, upload, size, next.length == 0);
            size += piece.length;
            piece = next;
        }
        return size;
    }

    @Override
    public Optional<StoredObject> open(ObjectKey key) {
        try {
            return download.open(api.download(name(key)));
        } catch (IOException e) {
            throw CloudinaryFailures.of(e, "download");
        }
    }

    @Override
    public void delete(ObjectKey key) {
        try {
            api.destroy(name(key));
        } catch (IOException e) {
            throw CloudinaryFailures.of(e, "delete");
        }
    }

    @Override
    public Stream<ListedObject> list(String prefix) {
        ObjectKey.checkPrefix(prefix);
        return new AssetListing(api, settings.folder()).objects(prefix);
    }

    /// Cloudinary forgets pieces of uploads that never ended by itself.
    @Override
    public int sweepUnfinished(Duration age) {
        return 0;
    }

    /// The address of a picture; that of anything else answers nobody.
    @Override
    public URI publicUrl(ObjectKey key) {
        return URI.create(settings.delivery() + name(key).path());
    }

    @Override
    public void close() {
        download.close();
        api.close();
    }

    private void send(AssetName name, byte[] piece, String upload, long from, boolean last) {
        try {
            api.piece(name, piece, upload, from, last ? from + piece.length : -1);
        } catch (IOException e) {
            throw CloudinaryFailures.of(e, "upload in pieces");
        }
    }

    /// @throws HalftoneException when the name is longer than Cloudinary takes
    private AssetName name(ObjectKey key) {
        AssetName name = AssetName.of(key, settings.folder());
        if (name.isTooLong()) {
            throw CloudinaryFailures.nameTooLong(name);
        }
        return name;
    }
}
