package dev.halftone.adapters.storage.file;

import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Walks the files of a root whose keys begin with a prefix. Open are the folders on the way down and nothing
/// else: eight at most. Folders and files that vanish meanwhile are passed over, links are not followed. For one
/// thread.
final class StoredFiles implements Iterator<ListedObject>, AutoCloseable {
    private final Path root;
    private final String prefix;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable ListedObject next;

    private record Level(DirectoryStream<Path> folder, Iterator<Path> entries) {}

    /// @param root a real path
    StoredFiles(Path root, String prefix) {
        this.root = root;
        this.prefix = prefix;
        Path top =
                root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1)).normalize();
        if (isInside(top)) {
            enter(top);
        }
        this.next = find();
    }

    /// No folder on the way is a link.
    private boolean isInside(Path folder) {
        for (Path at = folder; !at.equals(root); at = DurableFolders.parentOf(at)) {
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ListedObject next() {
        ListedObject found = next;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = find();
        return found;
    }

    private @Nullable ListedObject find() {
        while (!levels.isEmpty()) {
            Level level = levels.getFirst();
            Optional<Path> entry = nextOf(level);
            if (entry.isEmpty()) {
                leave();
                continue;
            }
            ListedObject object = look(entry.get());
            if (object != null) {
                return object;
            }
        }
        return null;
    }

    private Optional<Path> nextOf(Level level) {
        try {
            return level.entries().hasNext() ? Optional.of(level.entries().next()) : Optional.empty();
        } catch (DirectoryIteratorException e) {
            IOException cause = e.getCause() == null ? new IOException(e) : e.getCause();
            if (isGone(cause)) {
                return Optional.empty();
            }
            throw DiskFailure.of(cause, root);
        }
    }

    /// @return the object, if the entry is one; a folder is entered
    private @Nullable ListedObject look(Path entry) {
        String name = root.relativize(entry).toString().replace('\\', '/');
        try {
            BasicFileAttributes file =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (file.isDirectory()
                    && mayHold(name + "/")
                    && ObjectKey.parse(name).isPresent()) {
                enter(entry);
            } else if (file.isRegularFile() && name.startsWith(prefix)) {
                return ObjectKey.parse(name)
                        .map(key -> new ListedObject(
                                key, file.size(), file.lastModifiedTime().toInstant()))
                        .orElse(null);
            }
        } catch (IOException e) {
            if (!isGone(e)) {
                throw DiskFailure.of(e, root);
            }
        }
        return null;
    }

    private boolean mayHold(String folder) {
        return folder.startsWith(prefix) || prefix.startsWith(folder);
    }

    private void enter(Path folder) {
        try {
            DirectoryStream<Path> entries = Files.newDirectoryStream(folder);
            levels.push(new Level(entries, entries.iterator()));
        } catch (IOException e) {
            if (!isGone(e)) {
                throw DiskFailure.of(e, root);
            }
        }
    }

    private void leave() {
        try {
            levels.pop().folder().close();
        } catch (IOException e) {
            throw DiskFailure.of(e, root);
        }
    }

    private static boolean isGone(IOException e) {
        return e instanceof NoSuchFileException || e instanceof NotDirectoryException;
    }

    @Override
    public void close() {
        while (!levels.isEmpty()) {
            leave();
        }
    }
}
