package dev.halftone.adapters.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A client that speaks HTTP by hand, as fast or slow as it likes.
public final class Wire implements AutoCloseable {
    private final Socket socket = new Socket();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param from an address of this machine
    public Wire(int port, String from) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Wire(int port) {
        this(port, "127.0.0.1");
    }

    public Wire say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// From here on says the letter again and again, until nobody listens.
    public Wire dribble(char letter, long everyMillis) {
        Thread.ofVirtual().start(() -> {
            try {
                while (!closing.await(everyMillis, TimeUnit.MILLISECONDS)) {
                    socket.getOutputStream().write(letter);
                }
            } catch (IOException | InterruptedException e) {
                // Then it has been ended.
            }
        });
        return this;
    }

    /// From here on reads a byte again and again, until nothing more comes.
    public Wire sip(long everyMillis) {
        Thread.ofVirtual().start(() -> {
            try {
                while (!closing.await(everyMillis, TimeUnit.MILLISECONDS)
                        && socket.getInputStream().read() >= 0) {}
            } catch (IOException | InterruptedException e) {
                // Then it has been ended.
            }
        });
        return this;
    }

    /// All that is said until the connection is closed; a reset counts as an end.
    public String hearOut() {
        StringBuilder heard = new StringBuilder();
        byte[] buffer = new byte[8192];
        try {
            for (int got = socket.getInputStream().read(buffer);
                    got >= 0;
                    got = socket.getInputStream().read(buffer)) {
                heard.append(new String(buffer, 0, got, ISO_8859_1));
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new UncheckedIOException("the connection was not closed; heard: " + heard, e);
        } catch (IOException e) {
            return heard.toString();
        }
        return heard.toString();
    }

    /// Up to and with the first time that it is said.
    public String hear(String until) {
        StringBuilder heard = new StringBuilder();
        try {
            while (heard.indexOf(until) < 0) {
                int got = socket.getInputStream().read();
                if (got < 0) {
                    throw new IOException("closed; heard: " + heard);
                }
                heard.append((char) got);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("heard so far: " + heard, e);
        }
        return heard.toString();
    }

    /// Ends without a word: the other side meets a reset.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
