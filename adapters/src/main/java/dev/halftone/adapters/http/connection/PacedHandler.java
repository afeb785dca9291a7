package dev.halftone.adapters.http.connection;

import java.io.EOFException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Tells the [Connections] when a request begins and ends, and has the pace of its body and of
/// its answer watched.
final class PacedHandler extends Handler.Wrapper {
    private final Connections connections;

    PacedHandler(Connections connections) {
        this.connections = connections;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Visitor visitor = connections.visitor(request).orElse(null);
        if (visitor == null || !visitor.begin()) {
            callback.failed(new EOFException("the connection is being closed"));
            return true;
        }
        request.addHttpStreamWrapper(stream -> new Watched(stream, visitor));
        PacedRequest paced = new PacedRequest(request, connections);
        return super.handle(paced, new PacedResponse(paced, response, connections), callback);
    }

    /// Before the stream's own end, which may begin with the connection's next request at once.
    private static final class Watched extends HttpStream.Wrapper {
        private final Visitor visitor;

        Watched(HttpStream stream, Visitor visitor) {
            super(stream);
            this.visitor = visitor;
        }

        @Override
        public void succeeded() {
            visitor.done(System.nanoTime());
            super.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            visitor.done(System.nanoTime());
            super.failed(failure);
        }
    }
}
