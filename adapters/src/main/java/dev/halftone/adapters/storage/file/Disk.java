package dev.halftone.adapters.storage.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What the store asks of a file system beyond reading, and what fails when a disk is full, read-only or broken.
interface Disk {
    /// The operating system's.
    Disk REAL = new Disk() {};

    /// Opens a new file.
    default FileOutputStream create(Path file) throws IOException {
        return new FileOutputStream(file.toFile());
    }

    /// Forces a file's bytes to the disk: the same system call as a channel's force, on a descriptor that an
    /// interrupt does not close.
    default void sync(FileOutputStream file) throws IOException {
        file.getFD().sync();
    }

    /// Forces a folder's entries to the disk.
    default void sync(Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
