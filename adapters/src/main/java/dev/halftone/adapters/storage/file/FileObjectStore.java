package dev.halftone.adapters.storage.file;

import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Keeps each object as the file `root/key`. A put writes a temporary file in `root/.tmp`, forces it to the disk,
/// renames it over its place in one step and returns when the folder's entries are on the disk too: without the
/// first force a power cut leaves an empty file, without the second the name is gone (both measured). Where that
/// last sync fails the put fails, yet readers may already see the new object, whole.
///
/// No key can name the folder of temporary files, and no symbolic link is followed out of the root. File access
/// here is not cut by a thread's interrupt: a put that has begun ends one way or the other. Thread-safe; several
/// processes may share a root.
public final class FileObjectStore implements ObjectStore {
    private static final String TEMPORARY = ".tmp";
    private static final Duration STALE = Duration.ofHours(1);

    private final Path root;
    private final Path temporary;
    private final String publicPrefix;
    private final Disk disk;
    private final FolderSync sync;
    private final DurableFolders folders;
    private final InstantSource clock;

    /// Makes the root where it is missing and sweeps temporary files that a crash left more than an hour ago.
    ///
    /// @param publicBase the service's own public address; objects are at `/files/` below it
    /// @throws UncheckedIOException when the root can't be made or written
    public FileObjectStore(Path root, URI publicBase, InstantSource clock) {
        this(root, publicBase, clock, Disk.REAL);
    }

    FileObjectStore(Path root, URI publicBase, InstantSource clock, Disk disk) {
        this.disk = disk;
        this.sync = new FolderSync(disk::sync);
        this.clock = clock;
        this.publicPrefix = publicBase.toString().replaceFirst("/+$", "") + "/files/";
        try {
            this.root = DurableFolders.make(root.toAbsolutePath(), sync);
            this.temporary = Files.createDirectories(this.root.resolve(TEMPORARY));
            sweep(STALE);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the object store can't be used: " + root, e);
        }
        this.folders = new DurableFolders(this.root, sync);
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, String mediaType) {
        try {
            put(key, new ByteArrayInputStream(bytes), mediaType);
        } catch (IOException impossible) {
            throw new AssertionError("an array can be read", impossible);
        }
    }

    @Override
    public long put(ObjectKey key, InputStream bytes, String mediaType) throws IOException {
        try (TemporaryFile written = new TemporaryFile(temporary, root, disk)) {
            long size = written.write(bytes);
            publish(written, fileOf(key));
            return size;
        }
    }

    @Override
    public Optional<StoredObject> open(ObjectKey key) {
        Path file = fileOf(key);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !folders.holds(file)) {
                return Optional.empty();
            }
            Instant stored = Files.getLastModifiedTime(file).toInstant();
            FileInputStream content = new FileInputStream(file.toFile());
            return Optional.of(new StoredObject(content, content.getChannel().size(), stored));
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            if (Files.exists(file)) {
                throw DiskFailure.of(e, root);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailure.of(e, root);
        }
    }

    @Override
    public void delete(ObjectKey key) {
        Path file = fileOf(key);
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && folders.holds(file)) {
                Files.deleteIfExists(file);
                folders.removeIfEmpty(DurableFolders.parentOf(file));
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            // Somebody else deleted it, which is what was asked for.
        } catch (IOException e) {
            throw DiskFailure.of(e, root);
        }
    }

    @Override
    public Stream<ListedObject> list(String prefix) {
        ObjectKey.checkPrefix(prefix);
        StoredFiles files = new StoredFiles(root, prefix);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(files, Spliterator.DISTINCT | Spliterator.NONNULL), false)
                .onClose(files::close);
    }

    @Override
    public int sweepUnfinished(Duration age) {
        try {
            return sweep(age);
        } catch (IOException | DirectoryIteratorException e) {
            throw DiskFailure.of(e instanceof IOException io ? io : new IOException(e.getCause()), root);
        }
    }

    @Override
    public URI publicUrl(ObjectKey key) {
        return URI.create(publicPrefix + key);
    }

    private Path fileOf(ObjectKey key) {
        return root.resolve(key.value());
    }

    private void publish(TemporaryFile written, Path file) {
        Path folder = DurableFolders.parentOf(file);
        try {
            folders.within(folder, () -> {
                written.moveTo(file);
                sync.sync(folder);
            });
        } catch (IOException e) {
            throw DiskFailure.of(e, root);
        }
    }

    /// A file that is gone was swept by another process, or has become an object.
    private int sweep(Duration age) throws IOException {
        Instant before = clock.instant().minus(age);
        int swept = 0;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, "*" + TemporaryFile.SUFFIX)) {
            for (Path file : left) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(before) && Files.deleteIfExists(file)) {
                        swept++;
                    }
                } catch (NoSuchFileException gone) {
                    continue;
                }
            }
        }
        return swept;
    }
}
