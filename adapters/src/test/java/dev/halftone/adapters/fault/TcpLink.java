package dev.halftone.adapters.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Stands between a client and a server on loopback, forwards what they say, and fails as networks do.
public final class TcpLink extends Listener {
    private enum Mode {
        FORWARD,
        /// Connections stay open and nothing gets through.
        SILENT,
        /// Connections are reset as soon as they are made.
        RESET
    }

    private final int target;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connects = new AtomicInteger();
    private volatile Mode mode = Mode.FORWARD;
    private volatile long delayNanos;

    /// @param target the port on loopback that is forwarded to
    public TcpLink(int target) throws IOException {
        this.target = target;
        listen();
    }

    private static final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean silent;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void close() {
            quietly(client);
            quietly(server);
        }
    }

    /// Resets all connections; new ones are forwarded again.
    public void resetConnections() {
        for (Pair pair : pairs) {
            reset(pair.client);
            quietly(pair.server);
        }
    }

    /// Resets all connections, and each new one.
    public void refuse() {
        mode = Mode.RESET;
        resetConnections();
    }

    /// Nothing gets through any more, as when packets are dropped: connections stay open, also those that are
    /// made meanwhile, and none of them is ever heard of again.
    public void goSilent() {
        mode = Mode.SILENT;
        silenceConnections();
    }

    /// Nothing gets through on the connections that there are; new ones are forwarded.
    public void silenceConnections() {
        pairs.forEach(pair -> pair.silent = true);
    }

    /// New connections are forwarded.
    public void heal() {
        mode = Mode.FORWARD;
    }

    /// Whatever is said arrives so much later.
    public void delay(long millis) {
        delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /// How many connections were made since the last call.
    public int connects() {
        return connects.getAndSet(0);
    }

    @Override
    protected void serve(Socket client) {
        connects.incrementAndGet();
        if (mode == Mode.RESET) {
            reset(client);
            return;
        }
        try {
            Pair pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target));
            pair.silent = mode == Mode.SILENT;
            pairs.add(pair);
            threads.execute(() -> pump(pair, pair.server, client));
            pump(pair, client, pair.server);
        } catch (IOException e) {
            reset(client);
        }
    }

    private void pump(Pair pair, Socket from, Socket to) {
        byte[] some = new byte[1 << 16];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                LockSupport.parkNanos(delayNanos);
                if (pair.silent) {
                    return;
                }
                out.write(some, 0, read);
            }
        } catch (IOException gone) {
            // So is the other side, from here on.
        }
        if (!pair.silent) {
            pairs.remove(pair);
            pair.close();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then there is nothing to reset.
        }
        quietly(socket);
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It was what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        pairs.forEach(Pair::close);
    }
}
