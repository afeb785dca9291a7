package dev.halftone.adapters.cache;

import dev.halftone.domain.variant.cached.VariantKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Variants as files, one folder for each owner. A file is found by its name alone, so an index that does not
/// know it yet loses nothing. A file's time is when it was last asked for. Written under another name and moved
/// in one step; not forced to the disk, since a file that a power cut broke is told and dropped. A reader has
/// read a file whole before anybody sees it, so taking it away breaks nobody. Thread-safe.
final class DiskVariants {
    private static final Logger LOG = LoggerFactory.getLogger(DiskVariants.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final Path root;
    private final long most;
    private final Duration lifetime;
    private final InstantSource clock;
    private final VariantSweep sweep;
    private final DiskIndex index = new DiskIndex();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Instant nextSweep = Instant.MIN;

    DiskVariants(Path root, long most, Duration lifetime, InstantSource clock) {
        this.root = root;
        this.most = most;
        this.lifetime = lifetime;
        this.clock = clock;
        this.sweep = new VariantSweep(root, lifetime, clock, this::delete);
        tidy();
    }

    Optional<Kept> find(VariantKey key) {
        Path file = fileOf(key);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("a cached picture can't be read, it is made again: {}", e.toString());
            return Optional.empty();
        }
        Optional<Kept> kept = VariantFile.read(key, bytes);
        if (kept.isEmpty()) {
            LOG.warn("a cached picture is damaged, it is made again: {}", file.getFileName());
        }
        kept = kept.filter(whole -> !whole.isOver(lifetime, clock.instant()));
        if (kept.isEmpty()) {
            delete(nameOf(key));
            return Optional.empty();
        }
        index.add(nameOf(key), bytes.length);
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException gone) {
            // It was taken away meanwhile; what was read is whole.
        }
        return kept;
    }

    void put(VariantKey key, Kept kept) {
        byte[] header = VariantFile.header(key, kept);
        long size = header.length + (long) kept.variant().bytes().length;
        if (size > most / 4) {
            return;
        }
        Path file = fileOf(key);
        try {
            write(file, header, kept.variant().bytes());
        } catch (IOException first) {
            try {
                // Its folder may have been taken away between making and using it.
                write(file, header, kept.variant().bytes());
            } catch (IOException e) {
                LOG.warn("a picture can't be cached: {}", e.toString());
                return;
            }
        }
        index.add(nameOf(key), size);
        if (index.bytes() > most || clock.instant().isAfter(nextSweep)) {
            tidy();
        }
    }

    private void write(Path file, byte[] header, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(UUID.randomUUID() + VariantSweep.PART);
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                out.write(header);
                out.write(bytes);
            }
            Files.setLastModifiedTime(part, FileTime.from(clock.instant()));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Told on every hit in memory too, so that what is asked for most is not the first to go.
    void touch(VariantKey key) {
        index.touch(nameOf(key));
    }

    /// @return the names of what was there
    Set<String> purge(String owner) {
        Set<String> gone = new TreeSet<>();
        Path folder = folderOf(owner);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith(VariantSweep.PART)) {
                    gone.add(owner + "/" + file.getFileName());
                    delete(owner + "/" + file.getFileName());
                }
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException | DirectoryNotEmptyException nothingOrNewOnes) {
            return gone;
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("cached pictures of {} can't be deleted: {}", owner, e.toString());
        }
        return gone;
    }

    long bytes() {
        return index.bytes();
    }

    /// In the background, one at a time: the first run reads the folder, each later one takes what is too much
    /// or over.
    private void tidy() {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("variant-cache").start(() -> {
                try {
                    if (clock.instant().isAfter(nextSweep)) {
                        nextSweep = clock.instant().plus(BETWEEN_SWEEPS);
                        index.addOlder(sweep.run());
                    }
                    index.shrinkTo(index.bytes() > most ? most - most / 10 : most)
                            .forEach(this::delete);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private void delete(String name) {
        index.remove(name);
        int slash = name.indexOf('/');
        Path folder = folderOf(name.substring(0, slash));
        try {
            Files.deleteIfExists(folder.resolve(name.substring(slash + 1)));
        } catch (IOException e) {
            LOG.warn("a cached picture can't be deleted: {}", e.toString());
        }
    }

    static String nameOf(VariantKey key) {
        return key.owner() + "/" + key.digest();
    }

    private Path fileOf(VariantKey key) {
        return folderOf(key.owner()).resolve(key.digest());
    }

    /// Spread over folders by the end of the name, which is random.
    private Path folderOf(String owner) {
        return root.resolve(owner.substring(Math.max(0, owner.length() - 2))).resolve(owner);
    }
}
