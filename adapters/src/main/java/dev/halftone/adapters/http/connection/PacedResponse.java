package dev.halftone.adapters.http.connection;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// A response that knows since when its client has had a piece of it to read. A client that reads a byte now
/// and then would keep what is read for it, a cursor or a file, for as long as it likes. Thread-safe.
final class PacedResponse extends Response.Wrapper implements Paced {
    private final Connections connections;
    private boolean pending;
    private long since;
    private long bytes;

    PacedResponse(Request request, Response response, Connections connections) {
        super(request, response);
        this.connections = connections;
    }

    @Override
    public void write(boolean last, ByteBuffer piece, Callback callback) {
        synchronized (this) {
            pending = true;
            since = System.nanoTime();
            bytes = piece == null ? 0 : piece.remaining();
        }
        connections.waits(this);
        super.write(last, piece, new Callback.Nested(callback) {
            // Before the callback, which may write the next piece.
            @Override
            public void succeeded() {
                gone();
                super.succeeded();
            }

            @Override
            public void failed(Throwable failure) {
                gone();
                super.failed(failure);
            }
        });
    }

    private synchronized void gone() {
        pending = false;
        connections.goesOn(this);
    }

    /// What is left of the answer can't be told, so the connection ends.
    @Override
    public synchronized void endIfSlow(long now, long grace, int rate) {
        if (pending && now - since > grace + TimeUnit.SECONDS.toNanos(1) * (double) bytes / rate) {
            getRequest()
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(new EofException("the answer is read at less than " + rate + " bytes a second"));
        }
    }
}
