package dev.halftone.adapters.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Makes the folders that objects lie in, up to the root, so that they survive a power cut, and removes them when
/// they are empty. A folder counts as made only when its entry in its parent is on the disk; those known to be are
/// remembered, the last ten thousand of them. Thread-safe.
final class DurableFolders {
    private static final int REMEMBERED = 10_000;

    private final Path root;
    private final FolderSync sync;
    private final ReadWriteLock standing = new ReentrantReadWriteLock();
    private final Set<Path> durable = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /// @param root exists, as a real path
    DurableFolders(Path root, FolderSync sync) {
        this.root = root;
        this.sync = sync;
    }

    /// Makes a folder and whichever of those above it are missing, durably.
    ///
    /// @return its real path
    static Path make(Path folder, FolderSync sync) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = folder; !Files.exists(at); at = parentOf(at)) {
            missing.push(at);
        }
        Files.createDirectories(folder);
        for (Path made : missing) {
            sync.sync(parentOf(made));
        }
        return folder.toRealPath();
    }

    /// The folder of a path that is not the file system's own root.
    static Path parentOf(Path path) {
        return Objects.requireNonNull(path.getParent(), "the root of the file system has no parent");
    }

    /// What to do in a folder while it stands.
    interface Step {
        void run() throws IOException;
    }

    /// Makes the folder where it is missing and runs the step while this process removes no folder.
    ///
    /// @throws IOException when a symbolic link leads out of the root
    void within(Path folder, Step step) throws IOException {
        standing.readLock().lock();
        try {
            make(folder);
            step.run();
        } finally {
            standing.readLock().unlock();
        }
    }

    /// Removes the folder, and those above it below the root, as long as they are empty.
    void removeIfEmpty(Path folder) throws IOException {
        for (Path at = folder; !at.equals(root) && isEmpty(at); at = parentOf(at)) {
            standing.writeLock().lock();
            try {
                durable.remove(at);
                Files.delete(at);
            } catch (java.nio.file.NoSuchFileException | java.nio.file.DirectoryNotEmptyException e) {
                return;
            } finally {
                standing.writeLock().unlock();
            }
        }
    }

    /// Whether this path, links followed, lies under the root.
    boolean holds(Path existing) throws IOException {
        return existing.toRealPath().startsWith(root);
    }

    private void make(Path folder) throws IOException {
        if (durable.contains(folder) && Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        if (!holds(folder)) {
            throw new IOException("a symbolic link leads out of the store");
        }
        for (Path at = folder; !at.equals(root); at = parentOf(at)) {
            sync.sync(parentOf(at));
        }
        durable.add(folder);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        } catch (java.nio.file.NoSuchFileException gone) {
            return false;
        }
    }
}
