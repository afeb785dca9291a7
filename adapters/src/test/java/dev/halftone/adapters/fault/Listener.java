package dev.halftone.adapters.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A port on loopback whose connections each get a thread.
public abstract class Listener implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    protected final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    protected Listener() throws IOException {}

    /// To be called when everything else is set up.
    protected final void listen() {
        threads.execute(this::accept);
    }

    public final int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    protected abstract void serve(Socket client);

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
