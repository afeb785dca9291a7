package dev.halftone.adapters.postgres.embedded;

import dev.halftone.adapters.postgres.DatabaseRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The server's programs: `bin`, `lib` and `share`, unpacked once for each version from the archive that the
/// build brings along.
///
/// @param folder holds `bin`
record ServerBinaries(Path folder) {
    private static final String PREFIX = "server-";

    /// The program's path.
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /// Unpacks the archive of this platform, unless that was done before.
    static ServerBinaries in(Path home) throws IOException {
        String archive = archiveName();
        long size = sizeOf(archive);
        Path folder = home.resolve(PREFIX + size);
        if (!Files.isDirectory(folder)) {
            removeOthers(home);
            Path fresh = home.resolve("unpacking");
            delete(fresh);
            try (InputStream in = open(archive)) {
                unpack(in, fresh);
            }
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return new ServerBinaries(folder);
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String os = system.startsWith("linux") ? "linux" : system.startsWith("mac") ? "darwin" : system;
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String arch = List.of("amd64", "x86_64").contains(machine)
                ? "x86_64"
                : machine.equals("aarch64") ? "arm_64" : machine;
        return "/postgres-" + os + "-" + arch + ".txz";
    }

    private static InputStream open(String archive) {
        InputStream in = ServerBinaries.class.getResourceAsStream(archive);
        if (in == null) {
            throw new DatabaseRefused("There is no embedded PostgreSQL for this platform ("
                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                    + "). Set HALFTONE_DATABASE_URL to a PostgreSQL of your own.");
        }
        return in;
    }

    /// The archive's size stands for its version: two releases never had the same.
    private static long sizeOf(String archive) throws IOException {
        try (InputStream in = open(archive)) {
            return in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private static void unpack(InputStream archive, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("an entry climbs out of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    place(tar, entry, target);
                }
            }
        }
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isSymbolicLink()) {
            try {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } catch (FileAlreadyExistsException e) {
                throw new IOException("twice in the archive: " + entry.getName(), e);
            }
            return;
        }
        Files.copy(tar, target);
        boolean runs = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static void removeOthers(Path home) throws IOException {
        try (Stream<Path> entries = Files.list(home)) {
            for (Path old : entries.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .toList()) {
                delete(old);
            }
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
