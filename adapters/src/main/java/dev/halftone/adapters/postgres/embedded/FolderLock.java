package dev.halftone.adapters.postgres.embedded;

import dev.halftone.adapters.postgres.DatabaseRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps two processes from sharing a data folder. The lock is the operating system's, so it ends with its
/// holder, however that dies; the holder's process id beside it is for the message only.
final class FolderLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        HELD.add(file);
    }

    /// @throws DatabaseRefused when another process has the folder
    static FolderLock take(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = tryLock(channel) != null;
            if (!taken) {
                throw new DatabaseRefused("The data folder " + folder.toAbsolutePath() + " is in use by process "
                        + holder(folder) + ". Stop that one, or set HALFTONE_DATA_DIR to another folder.");
            }
            // The locked file stays empty: on some systems nobody else can read it.
            Files.writeString(
                    folder.resolve("lock.pid"),
                    String.valueOf(ProcessHandle.current().pid()));
            return new FolderLock(file, channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /// Whether a process has the folder; it may be this one.
    static boolean isTaken(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        // A second look at its own lock would give it up: the system counts by process.
        if (HELD.contains(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holder(Path folder) {
        try {
            return Files.readString(folder.resolve("lock.pid")).strip();
        } catch (IOException e) {
            return "(unknown)";
        }
    }

    @Override
    public void close() throws IOException {
        HELD.remove(file);
        channel.close();
    }
}
