package dev.halftone.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// A small HTTP/1.1 client that costs next to nothing: one request after the other on each of a few connections that
/// stay open, or one request on each of many.
final class TransformLoad {
    private static final int PATIENCE_MS = 120_000;

    private final InetSocketAddress server;

    TransformLoad(URI server) {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
    }

    /// @param nanos of each answer, sorted
    record Result(double seconds, List<Long> nanos, Map<Integer, Integer> statuses) {
        double perSecond() {
            return nanos.size() / seconds;
        }

        double percentileMs(double share) {
            return nanos.isEmpty() ? 0 : nanos.get((int) Math.min(nanos.size() - 1.0, nanos.size() * share)) / 1e6;
        }
    }

    record Answer(int status, byte[] body) {}

    /// Requests for so long.
    ///
    /// @param path of the request with this number
    Result closed(int connections, double seconds, IntFunction<String> path) throws Exception {
        AtomicInteger number = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        return run(connections, (connection, report) -> {
            while (System.nanoTime() < end) {
                report.time(connection, path.apply(number.getAndIncrement()));
            }
        });
    }

    /// So many requests at once, each on its own connection, which all are open before the first is sent.
    Result burst(int requests, IntFunction<String> path) throws Exception {
        CountDownLatch connected = new CountDownLatch(requests);
        AtomicInteger number = new AtomicInteger();
        return run(requests, (connection, report) -> {
            connected.countDown();
            connected.await();
            report.time(connection, path.apply(number.getAndIncrement()));
        });
    }

    private interface Client {
        void use(Connection connection, Report report) throws Exception;
    }

    private static final class Report {
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        private final Map<Integer, Integer> statuses = new TreeMap<>();

        void time(Connection connection, String path) {
            long start = System.nanoTime();
            int status;
            try {
                status = connection.get(path).status();
            } catch (IOException broken) {
                status = -1;
            }
            nanos.add(System.nanoTime() - start);
            synchronized (statuses) {
                statuses.merge(status, 1, Integer::sum);
            }
            if (status < 0) {
                throw new IllegalStateException("a request was not answered");
            }
        }
    }

    private Result run(int connections, Client client) throws Exception {
        Report report = new Report();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(() -> {
                    try (Connection connection = new Connection(server)) {
                        client.use(connection, report);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                try {
                    one.get();
                } catch (java.util.concurrent.ExecutionException told) {
                    // It stands among the statuses.
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result(seconds, report.nanos.stream().sorted().toList(), report.statuses);
    }

    Answer once(String path) throws IOException {
        try (Connection connection = new Connection(server)) {
            return connection.get(path);
        }
    }

    private static final class Connection implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;

        Connection(InetSocketAddress server) throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(server, PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        Answer get(String path) throws IOException {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n")
                            .getBytes(ISO_8859_1));
            int status = Integer.parseInt(line().split(" ")[1]);
            int length = -1;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String[] parts = header.toLowerCase(Locale.ROOT).split(":", 2);
                if (parts[0].equals("content-length")) {
                    length = Integer.parseInt(parts[1].strip());
                }
            }
            return new Answer(status, length >= 0 ? exactly(length) : chunks());
        }

        private byte[] chunks() throws IOException {
            java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
            for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
                body.write(exactly(length));
                line();
            }
            line();
            return body.toByteArray();
        }

        private byte[] exactly(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("the answer is cut short");
            }
            return bytes;
        }

        private String line() throws IOException {
            StringBuilder text = new StringBuilder(64);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("the server hung up");
                }
                if (c != '\r') {
                    text.append((char) c);
                }
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
