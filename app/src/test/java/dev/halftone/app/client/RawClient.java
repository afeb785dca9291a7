package dev.halftone.app.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Sends a request as it is written, letter by letter: no library straightens it out first.
final class RawClient {
    private final int port;

    RawClient(int port) {
        this.port = port;
    }

    /// @param headers by name, in any case
    record Answer(int status, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    /// One request with a connection of its own.
    ///
    /// @param head request line and headers, each line with its end, without the empty line
    Answer send(String head, byte[] body) throws IOException {
        String length = body.length > 0 ? "Content-Length: " + body.length + "\r\n" : "";
        return exchange((head + length + "Connection: close\r\n\r\n").getBytes(ISO_8859_1), body);
    }

    Answer send(String head) throws IOException {
        return send(head, new byte[0]);
    }

    private Answer exchange(byte[] head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            ByteArrayOutputStream in = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(body);
                socket.getInputStream().transferTo(in);
            } catch (SocketException e) {
                if (in.size() == 0) {
                    throw e;
                }
            }
            return parsed(in.toByteArray());
        }
    }

    private static Answer parsed(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(": ?", 2);
            headers.computeIfAbsent(field[0], name -> new ArrayList<>()).add(field[1]);
        }
        String body = text.substring(end + 4);
        if (headers.containsKey("Transfer-Encoding")) {
            body = unchunked(body);
        }
        return new Answer(
                Integer.parseInt(lines[0].split(" ")[1]), headers, new String(body.getBytes(ISO_8859_1), UTF_8));
    }

    private static String unchunked(String text) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int line = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, line), 16);
            whole.append(text, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
            if (size == 0) {
                break;
            }
        }
        return whole.toString();
    }
}
