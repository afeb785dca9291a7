package dev.halftone.adapters.http.connection;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All connections of a server. Holds them to their number, and looks several times within the time that a
/// client has whether one takes longer: a request line with its headers has to be there by then, however many
/// bytes of it keep coming, a body that is waited for has to come at its rate, and an answer has to be read at
/// that rate. Jetty's own idle timeout only ends silence.
///
/// At the cap it is who has waited longest between or before requests that goes: so connections that are held
/// open for nothing keep nobody out. A bean of its connector. Thread-safe.
final class Connections extends AbstractLifeCycle implements Connection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long LONGEST_PERIOD = TimeUnit.SECONDS.toNanos(1);
    private static final long LOG_PERIOD = TimeUnit.SECONDS.toNanos(30);

    private final ClientLimits limits;
    private final byte[] tooSlow;
    private final ServerConnector connector;
    private final Map<EndPoint, Visitor> visitors = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final Set<Paced> waiting = ConcurrentHashMap.newKeySet();
    private volatile Optional<Scheduler.Task> next = Optional.empty();
    private volatile long logged = System.nanoTime() - LOG_PERIOD;

    /// @param tooSlow the whole answer to headers that take too long
    Connections(ClientLimits limits, byte[] tooSlow, ServerConnector connector) {
        this.limits = limits;
        this.tooSlow = tooSlow.clone();
        this.connector = connector;
    }

    /// Connections that are open now.
    int count() {
        return visitors.size();
    }

    /// Of them, those that wait between or before requests.
    int resting() {
        long now = System.nanoTime();
        return (int) visitors.values().stream()
                .filter(visitor -> visitor.waited(now) >= 0)
                .count();
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        next.ifPresent(Scheduler.Task::cancel);
    }

    private void schedule() {
        long period = Math.clamp(limits.time().dividedBy(8).toNanos(), 1_000_000, LONGEST_PERIOD);
        next = Optional.of(connector
                .getScheduler()
                .schedule(this::look, Duration.ofNanos(period).toMillis(), TimeUnit.MILLISECONDS));
    }

    private void look() {
        try {
            long now = System.nanoTime();
            long nanos = limits.time().toNanos();
            for (Visitor visitor : visitors.values()) {
                if (visitor.endIfSlow(now, nanos)) {
                    tell(visitor);
                } else if (!visitor.endPoint().isOpen()) {
                    forget(visitor);
                }
            }
            waiting.forEach(paced -> paced.endIfSlow(now, nanos, limits.bodyRate()));
        } catch (RuntimeException e) {
            LOG.error("looking for slow clients failed", e);
        } finally {
            if (isRunning() || isStarting()) {
                schedule();
            }
        }
    }

    /// Nothing was answered on this connection that isn't whole, so there is room for one answer more. Who has
    /// said nothing is asked nothing.
    private void tell(Visitor visitor) {
        EndPoint endPoint = visitor.endPoint();
        if (!visitor.hasSpoken()) {
            endPoint.close();
            return;
        }
        try {
            endPoint.write(Callback.from(endPoint::close, failed -> endPoint.close()), ByteBuffer.wrap(tooSlow));
        } catch (WritePendingException e) {
            // It is being told that it is malformed.
            endPoint.close();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        Visitor known = visitors.get(endPoint);
        if (known != null) {
            known.upgraded();
            return;
        }
        if (!(endPoint.getRemoteSocketAddress() instanceof InetSocketAddress peer)) {
            return;
        }
        Visitor visitor = new Visitor(connection, Networks.share(peer.getAddress()), System.nanoTime());
        visitors.put(endPoint, visitor);
        int ofAddress = byAddress.merge(visitor.address(), 1, Integer::sum);
        if (ofAddress > limits.connectionsPerAddress() && !limits.proxies().contains(peer.getAddress())) {
            complain(
                    "{} has more than {} connections; further ones are closed",
                    peer.getAddress().getHostAddress(),
                    limits.connectionsPerAddress());
            end(visitor);
        } else if (visitors.size() > limits.connections()) {
            complain(
                    "there are more than {} connections, from {} addresses; those that wait longest are closed",
                    limits.connections(),
                    byAddress.size());
            makeRoom(visitor);
        }
    }

    private void makeRoom(Visitor newest) {
        long now = System.nanoTime();
        Optional<Visitor> longest = visitors.values().stream()
                .filter(visitor -> visitor != newest && visitor.waited(now) >= 0)
                .max(Comparator.comparingLong(visitor -> visitor.waited(now)));
        end(longest.filter(Visitor::endIfWaiting).orElse(newest));
    }

    private void end(Visitor visitor) {
        visitor.endIfWaiting();
        forget(visitor);
        visitor.endPoint().close();
    }

    private void forget(Visitor visitor) {
        if (visitors.remove(visitor.endPoint(), visitor)) {
            byAddress.computeIfPresent(visitor.address(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    /// A connection that is upgraded is closed as such; what it went over stays open.
    @Override
    public void onClosed(Connection connection) {
        Visitor visitor = visitors.get(connection.getEndPoint());
        if (visitor != null && !visitor.endPoint().isOpen()) {
            forget(visitor);
        }
    }

    private void complain(String message, Object first, Object second) {
        long now = System.nanoTime();
        if (now - logged > LOG_PERIOD) {
            logged = now;
            LOG.warn(message, first, second);
        }
    }

    Optional<Visitor> visitor(Request request) {
        return Optional.ofNullable(
                visitors.get(request.getConnectionMetaData().getConnection().getEndPoint()));
    }

    void waits(Paced paced) {
        waiting.add(paced);
    }

    void goesOn(Paced paced) {
        waiting.remove(paced);
    }
}
