package dev.halftone.app.hostile;

import dev.halftone.app.journey.Pictures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Everybody there is: in a network namespace whose every address leads here. Whoever is reached at a public
/// address is the image host; every other connection, to whatever port that is listened on, is one that must
/// not be.
final class WholeInternet implements AutoCloseable {
    static final String IMAGE_HOST = "198.51.101.10";

    private static final Set<String> PUBLIC =
            Set.of(IMAGE_HOST, "100.63.255.255", "8.8.8.8", "2001:4860:4860:0:0:0:0:8888");

    /// The web's, and those that the hostile addresses name.
    private static final List<Integer> PORTS = List.of(80, 443, 21, 22, 5432, 8080);

    private final List<ServerSocket> listening = new ArrayList<>();
    private final Collection<String> forbidden = new ConcurrentLinkedQueue<>();
    private final Collection<String> requests = new ConcurrentLinkedQueue<>();
    private final byte[] picture = Pictures.jpeg(64, 48, 1);

    WholeInternet() throws IOException {
        for (int port : PORTS) {
            ServerSocket server = new ServerSocket(port, 512);
            listening.add(server);
            Thread.ofPlatform().daemon().name("internet-" + port).start(() -> accept(server));
        }
    }

    /// Who was reached and must not be, as `address:port`.
    Collection<String> forbidden() {
        return forbidden;
    }

    /// All lines that were sent to the image host, as they came.
    Collection<String> requests() {
        return requests;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InetAddress reached = connection.getLocalAddress();
            String address = reached.getHostAddress().replaceAll("%.*", "");
            if (!PUBLIC.contains(address) || connection.getLocalPort() != 80) {
                forbidden.add(address + ":" + connection.getLocalPort());
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            int length = 0;
            String first = in.readLine();
            for (String line = first; line != null && !line.isEmpty(); line = in.readLine()) {
                requests.add(line);
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip());
                }
            }
            if (first != null) {
                in.skip(length);
                answer(first.split(" ")[1], connection.getOutputStream());
            }
        } catch (IOException e) {
            // The other side left.
        }
    }

    private void answer(String target, OutputStream out) throws IOException {
        String where = target.startsWith("/r?to=") ? target.substring("/r?to=".length()) : next(target);
        String head = where.isEmpty()
                ? "200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length
                : "302 Found\r\nLocation: " + URLDecoder.decode(where, StandardCharsets.UTF_8)
                        + "\r\nContent-Length: 0";
        out.write(("HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        if (where.isEmpty()) {
            out.write(picture);
        }
        out.flush();
    }

    private static String next(String target) {
        return switch (target) {
            case "/loop" -> "/loop";
            case "/r3" -> "/r2";
            case "/r2" -> "/r1";
            case "/r1" -> "/a.jpg";
            default -> "";
        };
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket server : listening) {
            server.close();
        }
    }
}
