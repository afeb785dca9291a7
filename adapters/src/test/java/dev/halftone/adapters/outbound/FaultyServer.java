package dev.halftone.adapters.outbound;

import dev.halftone.domain.source.SourceUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;

/// An HTTP server on loopback that answers byte by byte as a test says, faults included.
public final class FaultyServer implements AutoCloseable {

    /// @param headers names in lower case
    @SuppressWarnings("ArrayRecordComponent")
    public record Request(String method, String target, Map<String, String> headers, byte[] body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// What the server does with one request. After it returns the connection serves the next one, unless it was
    /// closed.
    public interface Script {
        void answer(Request request, Wire wire) throws IOException, InterruptedException;
    }

    /// The server's end of a connection.
    public final class Wire {
        private final Socket socket;

        private Wire(Socket socket) {
            this.socket = socket;
        }

        public void text(String text) throws IOException {
            bytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void bytes(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        public void close() throws IOException {
            socket.close();
        }

        /// Closes with a TCP reset.
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Lets a moment pass; ends early when the server stops.
        public void pause() throws InterruptedException {
            boolean _ = stopped.await(20, TimeUnit.MILLISECONDS);
        }

        /// Holds the connection open until the server stops or the client is gone.
        public void hold() throws IOException {
            int _ = socket.getInputStream().read();
        }

        /// Sends a byte now and then until the client is gone.
        public void drip() throws IOException, InterruptedException {
            while (stopped.getCount() > 0) {
                text("x");
                pause();
            }
        }

        /// Sends as fast as the client takes it, for ever.
        public void flood(byte[] piece) throws IOException {
            while (stopped.getCount() > 0) {
                bytes(piece);
                sent.addAndGet(piece.length);
            }
        }
    }

    private final ServerSocket listener;
    private final String scheme;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();

    public FaultyServer() throws IOException {
        this("http", ServerSocketFactory.getDefault());
    }

    public FaultyServer(String scheme, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        this.listener = sockets.createServerSocket(0, 1_000, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    /// Answers requests for this target, or those whose target without its query is this.
    public FaultyServer on(String target, Script script) {
        scripts.put(target, script);
        return this;
    }

    public FaultyServer on(String target, String head, byte[] body) {
        return on(target, (request, wire) -> {
            wire.text(head.replace("\n", "\r\n") + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            wire.bytes(body);
        });
    }

    public FaultyServer on(String target, String head, String body) {
        return on(target, head, body.getBytes(StandardCharsets.UTF_8));
    }

    public SourceUrl url(String target) {
        return url("127.0.0.1", target);
    }

    public SourceUrl url(String host, String target) {
        return ((SourceUrl.Parsed.Valid) SourceUrl.parse(scheme + "://" + host + ":" + port() + target)).url();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /// How many connections were ever accepted.
    public int connections() {
        return connections.get();
    }

    /// How many connections the clients have not closed.
    public int openConnections() {
        return open.get();
    }

    /// How many bytes floods have sent.
    public long flooded() {
        return sent.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Wire wire = new Wire(socket);
            for (Request request = read(socket.getInputStream());
                    !request.method().isEmpty();
                    request = read(socket.getInputStream())) {
                requests.add(request);
                script(request.target()).answer(request, wire);
                if (socket.isClosed()) {
                    return;
                }
            }
        } catch (IOException | InterruptedException gone) {
            // The client left or the server stops.
        } finally {
            open.decrementAndGet();
        }
    }

    private Script script(String target) {
        Script exact = scripts.get(target);
        Script path = scripts.get(target.replaceFirst("\\?.*", ""));
        return exact != null
                ? exact
                : path != null
                        ? path
                        : (request, wire) -> wire.text("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }

    private static Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new Request("", "", Map.of(), new byte[0]);
            }
            head.write(next);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        String[] first = lines[0].split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(": ?", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(first[0], first[1], headers, body);
    }

    /// Stops and cuts all connections.
    @Override
    public void close() throws IOException {
        stopped.countDown();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
