package dev.halftone.adapters.http.connection;

import java.net.InetAddress;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/// One connection, and what it is about. Thread-safe.
final class Visitor {
    private final Connection connection;
    private final InetAddress address;
    private Phase phase = Phase.ASKING;
    private long since;
    private long seen;

    private enum Phase {
        /// Between two requests: nothing of the next one is there.
        RESTING,
        /// A request's headers are on their way.
        ASKING,
        /// A request is being answered.
        SERVED,
        /// It speaks another protocol now.
        UPGRADED,
        /// It is being closed.
        ENDED
    }

    Visitor(Connection connection, InetAddress address, long now) {
        this.connection = connection;
        this.address = address;
        this.since = now;
    }

    /// Whose share it takes from.
    InetAddress address() {
        return address;
    }

    EndPoint endPoint() {
        return connection.getEndPoint();
    }

    /// A request has all of its headers.
    ///
    /// @return whether it may be answered; not when the connection is being closed
    synchronized boolean begin() {
        if (phase == Phase.ENDED) {
            return false;
        }
        phase = Phase.SERVED;
        return true;
    }

    /// A request was answered.
    synchronized void done(long now) {
        if (phase == Phase.SERVED) {
            phase = Phase.RESTING;
            since = now;
            seen = connection.getBytesIn();
        }
    }

    synchronized void upgraded() {
        phase = Phase.UPGRADED;
    }

    /// Ends it if its headers have taken too long.
    synchronized boolean endIfSlow(long now, long nanos) {
        if (phase == Phase.RESTING && connection.getBytesIn() > seen) {
            phase = Phase.ASKING;
            since = now;
        }
        boolean slow = phase == Phase.ASKING && now - since > nanos;
        if (slow) {
            phase = Phase.ENDED;
        }
        return slow;
    }

    /// How long nobody has been working for it, in nanoseconds; less than none while somebody is.
    synchronized long waited(long now) {
        return phase == Phase.RESTING || phase == Phase.ASKING ? now - since : -1;
    }

    /// Ends it unless a request has begun meanwhile.
    synchronized boolean endIfWaiting() {
        boolean waits = phase == Phase.RESTING || phase == Phase.ASKING;
        if (waits) {
            phase = Phase.ENDED;
        }
        return waits;
    }

    /// Whether it has begun to say something.
    boolean hasSpoken() {
        return connection.getBytesIn() > 0;
    }
}
