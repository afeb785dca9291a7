package dev.halftone.adapters.storage.file;

import dev.halftone.domain.failure.HalftoneException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// A file being written, under a name that nobody else uses, on the file system of its later place. Closing
/// removes it unless it was moved there.
final class TemporaryFile implements AutoCloseable {
    static final String SUFFIX = ".part";

    private final Path path;
    private final Path root;
    private final Disk disk;
    private final FileOutputStream file;

    /// @throws HalftoneException with `storage_full` or `storage_unavailable`
    TemporaryFile(Path folder, Path root, Disk disk) {
        this.disk = disk;
        this.path = folder.resolve(UUID.randomUUID() + SUFFIX);
        this.root = root;
        try {
            this.file = disk.create(path);
        } catch (IOException e) {
            throw DiskFailure.of(e, root);
        }
    }

    /// Writes all the bytes and forces them to the disk. A failure to read is the caller's and passes; a failure to
    /// write is the store's.
    ///
    /// @return how many bytes there were
    /// @throws HalftoneException with `storage_full` or `storage_unavailable`
    long write(InputStream bytes) throws IOException {
        byte[] buffer = new byte[16 << 10];
        long size = 0;
        for (int got = bytes.read(buffer); got >= 0; got = bytes.read(buffer)) {
            append(buffer, got);
            size += got;
        }
        force();
        return size;
    }

    /// Puts the file in its place in one step.
    void moveTo(Path place) throws IOException {
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void append(byte[] buffer, int length) {
        try {
            file.write(buffer, 0, length);
        } catch (IOException e) {
            throw DiskFailure.of(e, root);
        }
    }

    private void force() {
        try {
            disk.sync(file);
            file.close();
        } catch (IOException e) {
            throw DiskFailure.of(e, root);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // The sweep of a later start takes it.
        }
    }
}
