package dev.halftone.app.faults;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// The way from the service to its PostgreSQL, which understands what passes (PostgreSQL documentation,
/// "Frontend/Backend Protocol"): it can end the service exactly before a statement is heard, before the
/// transaction with that statement is committed, or when it is committed and the service does not know yet. The
/// client must not use TLS nor keep statements prepared:
/// `sslmode=disable&gssEncMode=disable&prepareThreshold=0`.
final class SqlLink implements AutoCloseable {
    private static final int STARTUP = 0;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Optional<Trap> trap = Optional.empty();

    /// When the service is ended, seen from the statement that was awaited.
    enum Moment {
        BEFORE_THE_STATEMENT,
        BEFORE_ITS_COMMIT,
        AFTER_ITS_COMMIT
    }

    /// Waits for the n-th statement in which a pattern is found, counted over all connections.
    private record Trap(Pattern statement, int occurrence, Moment moment, Runnable kill, AtomicInteger seen) {
        boolean isSprungBy(String sql) {
            return statement.matcher(sql).find() && seen.incrementAndGet() == occurrence;
        }
    }

    SqlLink(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void arm(Pattern statement, int occurrence, Moment moment, Runnable kill) {
        trap = Optional.of(new Trap(statement, occurrence, moment, kill, new AtomicInteger()));
    }

    void disarm() {
        trap = Optional.empty();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> join(client));
            }
        } catch (IOException closed) {
            // The link is closed.
        }
    }

    private void join(Socket client) {
        open.add(client);
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(server);
            Connection connection = new Connection();
            Thread answers = Thread.ofVirtual().start(() -> pass(server, client, connection, false));
            pass(client, server, connection, true);
            server.shutdownOutput();
            answers.join();
            open.remove(server);
        } catch (IOException | InterruptedException ended) {
            // One side went away, so the other does.
        } finally {
            open.remove(client);
        }
    }

    private static void pass(Socket from, Socket to, Connection connection, boolean asking) {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream(), 1 << 16));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to.getOutputStream(), 1 << 16));
            int type = asking ? STARTUP : in.read();
            while (type >= 0) {
                int length = in.readInt();
                byte[] content = in.readNBytes(length - 4);
                if (asking ? connection.asks(type, content) : connection.answers(type, content)) {
                    return;
                }
                if (type != STARTUP) {
                    out.write(type);
                }
                out.writeInt(length);
                out.write(content);
                if (in.available() == 0) {
                    out.flush();
                }
                type = in.read();
            }
        } catch (IOException ended) {
            // Its end is handed on by closing.
        }
    }

    /// What one connection has said so far.
    private final class Connection {
        private volatile Optional<Trap> sprung = Optional.empty();

        /// @return whether the service has been ended, so that nothing more passes
        boolean asks(int type, byte[] content) {
            if (type != 'P' && type != 'Q') {
                return false;
            }
            String sql = sql(type, content);
            Optional<Trap> waiting = trap;
            if (sprung.isEmpty() && waiting.isPresent() && waiting.get().isSprungBy(sql)) {
                sprung = waiting;
                return waiting.get().moment() == Moment.BEFORE_THE_STATEMENT && end();
            }
            return sprung.filter(t -> t.moment() == Moment.BEFORE_ITS_COMMIT).isPresent()
                    && sql.equalsIgnoreCase("commit")
                    && end();
        }

        /// The server is idle again: what was asked for is committed.
        boolean answers(int type, byte[] content) {
            return type == 'Z'
                    && content[0] == 'I'
                    && sprung.filter(t -> t.moment() == Moment.AFTER_ITS_COMMIT).isPresent()
                    && end();
        }

        private boolean end() {
            disarm();
            sprung.orElseThrow().kill().run();
            return true;
        }

        private static String sql(int type, byte[] content) {
            String text = new String(content, StandardCharsets.UTF_8);
            // A Parse message begins with the name of the statement.
            int begin = type == 'P' ? text.indexOf('\0') + 1 : 0;
            return text.substring(begin, text.indexOf('\0', begin));
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
