package dev.halftone.adapters.http.connection;

import java.time.Duration;

/// What clients are held to, whatever they ask for.
///
/// @param headerBytes of a request line with its headers
/// @param time how long a request line with its headers may take; and how long a body may be waited for, or a
/// piece of an answer may take to be read, before its rate counts
/// @param bodyRate bytes a second that a body has at least, of the time that it is waited for, and that an
/// answer is read at; 0 for any
/// @param connections at once
/// @param connectionsPerAddress at once from one address that is no proxy's
/// @param proxies who is believed when they say for whom they ask
public record ClientLimits(
        int headerBytes, Duration time, int bodyRate, int connections, int connectionsPerAddress, Networks proxies) {
    public static final ClientLimits DEFAULT =
            new ClientLimits(8192, Duration.ofSeconds(15), 500, 1_000, 256, Networks.NONE);

    public ClientLimits {
        if (headerBytes < 256 || time.isNegative() || time.isZero() || bodyRate < 0) {
            throw new IllegalArgumentException("at least 256 bytes of headers, some time, no negative rate");
        }
        if (connections < 1 || connectionsPerAddress < 1) {
            throw new IllegalArgumentException("at least one connection");
        }
    }
}
