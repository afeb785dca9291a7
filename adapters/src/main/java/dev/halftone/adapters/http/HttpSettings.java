package dev.halftone.adapters.http;

import dev.halftone.adapters.http.connection.ClientLimits;
import java.nio.file.Path;
import java.time.Duration;

/// How the service listens.
///
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param maxCsvBytes of one upload
/// @param spool a folder that exists, for uploads on their way in
/// @param stopTimeout how long requests in flight get when the server stops
/// @param clients what every client is held to
public record HttpSettings(
        String host, int port, long maxCsvBytes, Path spool, Duration stopTimeout, ClientLimits clients) {

    public HttpSettings {
        if (port < 0 || port > 65_535 || maxCsvBytes < 1 || stopTimeout.isNegative()) {
            throw new IllegalArgumentException("port 0 to 65535, at least one byte, no negative time");
        }
    }

    /// With the usual limits for clients.
    public HttpSettings(String host, int port, long maxCsvBytes, Path spool, Duration stopTimeout) {
        this(host, port, maxCsvBytes, spool, stopTimeout, ClientLimits.DEFAULT);
    }
}
