package dev.halftone.adapters.http.connection;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/// A request that knows how long its body was waited for. Time in which nobody wanted any of it, because the
/// database or a disk was slow, is not the client's. Thread-safe.
final class PacedRequest extends Request.Wrapper implements Paced {
    private final Connections connections;
    private long bytes;
    private long waited;
    private long since;
    private Optional<Runnable> wanted = Optional.empty();

    PacedRequest(Request request, Connections connections) {
        super(request);
        this.connections = connections;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = super.read();
        if (chunk != null && !Content.Chunk.isFailure(chunk)) {
            synchronized (this) {
                bytes += chunk.remaining();
            }
        }
        return chunk;
    }

    @Override
    public void demand(Runnable available) {
        synchronized (this) {
            wanted = Optional.of(available);
            since = System.nanoTime();
        }
        connections.waits(this);
        super.demand(Invocable.from(Invocable.getInvocationType(available), this::come));
    }

    private void come() {
        connections.goesOn(this);
        Optional<Runnable> available;
        synchronized (this) {
            available = wanted;
            wanted = Optional.empty();
            waited += System.nanoTime() - since;
        }
        available.ifPresent(Runnable::run);
    }

    /// Fails what waits for the body, as Jetty does when a client falls silent: the request can still be
    /// answered.
    @Override
    public void endIfSlow(long now, long grace, int rate) {
        boolean slow;
        synchronized (this) {
            long time = waited + (now - since);
            slow = wanted.isPresent() && time > grace && bytes < (double) rate * time / TimeUnit.SECONDS.toNanos(1);
        }
        if (slow) {
            getConnectionMetaData()
                    .getConnection()
                    .onIdleExpired(new TimeoutException("the body comes at less than " + rate + " bytes a second"));
        }
    }
}
