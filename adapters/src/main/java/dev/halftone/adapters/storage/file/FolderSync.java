package dev.halftone.adapters.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Makes folders' entries durable, many callers at a time: one fsync serves everybody who asked before it began.
/// While one is running the callers that arrive gather for the next, so a folder that takes a thousand files at
/// once is synced a few times rather than a thousand. This is the group commit of databases. A failure reaches
/// everyone it was to serve and nobody else, for after a failed fsync the next may succeed without having written
/// what the failed one lost. Thread-safe.
final class FolderSync {

    /// Forces one folder's entries to the disk.
    interface Force {
        void force(Path folder) throws IOException;
    }

    /// One folder's syncs: the one under way and the one that gathers.
    private static final class Rounds {
        private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
        private CompletableFuture<Void> gathering = new CompletableFuture<>();
        private int waiting;
    }

    private final Force force;
    private final Map<Path, Rounds> folders = new HashMap<>();

    FolderSync(Force force) {
        this.force = force;
    }

    /// Returns when a sync of this folder that began after this call is done. An interrupt does not end the wait:
    /// a file is durable or it is not.
    void sync(Path folder) throws IOException {
        Rounds rounds;
        CompletableFuture<Void> mine;
        CompletableFuture<Void> before;
        boolean first;
        synchronized (folders) {
            rounds = folders.computeIfAbsent(folder, path -> new Rounds());
            mine = rounds.gathering;
            before = rounds.running;
            first = rounds.waiting++ == 0;
        }
        if (first) {
            before.handle((done, failed) -> null).join();
            // On a thread of its own: an interrupt of this caller would close the channel under everybody's sync.
            Thread.ofVirtual().name("halftone-fsync").start(() -> lead(folder, rounds));
        }
        try {
            mine.join();
        } catch (CompletionException e) {
            throw new IOException("the folder could not be synced", e.getCause());
        }
    }

    private void lead(Path folder, Rounds rounds) {
        CompletableFuture<Void> round;
        synchronized (folders) {
            round = rounds.gathering;
            rounds.running = round;
            rounds.gathering = new CompletableFuture<>();
            rounds.waiting = 0;
        }
        try {
            force.force(folder);
            finish(folder, rounds);
            round.complete(null);
        } catch (IOException | RuntimeException | Error e) {
            finish(folder, rounds);
            round.completeExceptionally(e);
        }
    }

    private void finish(Path folder, Rounds rounds) {
        synchronized (folders) {
            if (rounds.waiting == 0) {
                folders.remove(folder);
            }
        }
    }
}
