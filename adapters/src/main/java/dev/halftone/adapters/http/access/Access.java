package dev.halftone.adapters.http.access;

import io.javalin.security.RouteRole;

/// Whom a route lets in. Every route has exactly one of these, in the [AccessTable].
public enum Access implements RouteRole {
    /// Everybody: it shows nothing that is anyone's.
    OPEN,
    /// Everybody who has the address, which can't be guessed, or is signed, or leads to hosts that the operator
    /// allows: pictures that shops show their visitors.
    ADDRESS,
    /// Who shows a key; to read, a session does as well.
    KEY,
    /// Who is logged in, or shows a key. A browser that is not is led to the log-in.
    PAGE
}
