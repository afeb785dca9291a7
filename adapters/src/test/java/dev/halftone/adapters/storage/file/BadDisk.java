package dev.halftone.adapters.storage.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The real disk, with faults as Linux words them.
final class BadDisk implements Disk {
    final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    final AtomicInteger faults = new AtomicInteger();
    volatile boolean readOnly;
    volatile int failingFileSyncs;
    volatile int failingFolderSyncs;
    private final AtomicInteger syncs = new AtomicInteger();

    @Override
    public FileOutputStream create(Path file) throws IOException {
        if (readOnly) {
            throw fault(file + " (Read-only file system)");
        }
        return new FileOutputStream(file.toFile()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int fit = (int) Math.clamp(free.getAndAdd(-length), 0, length);
                super.write(bytes, offset, fit);
                if (fit < length) {
                    throw fault("No space left on device");
                }
            }
        };
    }

    @Override
    public void sync(FileOutputStream file) throws IOException {
        Disk.super.sync(file);
        fail(failingFileSyncs);
    }

    @Override
    public void sync(Path folder) throws IOException {
        Disk.super.sync(folder);
        fail(failingFolderSyncs);
    }

    /// Each so manyth fails; 0 for none.
    private void fail(int each) throws IOException {
        if (each > 0 && syncs.incrementAndGet() % each == 0) {
            throw fault("Input/output error");
        }
    }

    private IOException fault(String text) {
        faults.incrementAndGet();
        return new IOException(text);
    }
}
