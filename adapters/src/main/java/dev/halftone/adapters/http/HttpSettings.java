package dev.halftone.adapters.http;

import java.nio.file.Path;
import java.time.Duration;

/// How the service listens.
///
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param maxCsvBytes of one upload
/// @param spool a folder that exists, for uploads on their way in
/// @param stopTimeout how long requests in flight get when the server stops
public record HttpSettings(String host, int port, long maxCsvBytes, Path spool, Duration stopTimeout) {

    public HttpSettings {
        if (port < 0 || port > 65_535 || maxCsvBytes < 1 || stopTimeout.isNegative()) {
            throw new IllegalArgumentException("port 0 to 65535, at least one byte, no negative time");
        }
    }
}
