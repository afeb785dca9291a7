package dev.halftone.app.wiring;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of uploads on their way in. A request deletes its files with its end; one whose process was killed
/// leaves them.
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Duration STALE = Duration.ofHours(1);

    private Spool() {}

    /// Deletes what nobody has written to for an hour. What can't be deleted is no reason to stop.
    static void sweep(Path folder, InstantSource clock) throws IOException {
        Instant before = clock.instant().minus(STALE);
        int swept = 0;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                try {
                    if (Files.isRegularFile(file)
                            && Files.getLastModifiedTime(file).toInstant().isBefore(before)
                            && Files.deleteIfExists(file)) {
                        swept++;
                    }
                } catch (IOException e) {
                    LOG.warn("{} is left of an upload and can't be deleted: {}", file, e.toString());
                }
            }
        }
        if (swept > 0) {
            LOG.info("{} files of uploads that never ended were swept", swept);
        }
    }
}
