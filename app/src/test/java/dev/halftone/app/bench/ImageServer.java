package dev.halftone.app.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Serves the images of a folder from memory on loopback, in a process of its own, so that its CPU is nobody's else.
/// Prints its port, ends with its standard input.
public final class ImageServer {
    private ImageServer() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, byte[]> images = images(Path.of(arguments[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = images.get(exchange.getRequestURI().getPath().substring(1));
            if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // until the parent closes the pipe
        }
        server.stop(0);
    }

    /// Path below the folder → bytes, in a stable order.
    static Map<String, byte[]> images(Path folder) throws IOException {
        Map<String, byte[]> images = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(ImageServer::isImage).toList()) {
                images.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return images;
    }

    private static boolean isImage(Path file) {
        return file.toString().matches("(?i).*\\.(jpe?g|png|webp|gif)");
    }
}
