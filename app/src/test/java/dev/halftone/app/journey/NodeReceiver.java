package dev.halftone.app.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A webhook receiver in Node that verifies with the npm package `standardwebhooks`, a process of its own.
final class NodeReceiver implements AutoCloseable {
    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    private NodeReceiver(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /// Installs the package in a folder and starts the receiver there.
    ///
    /// @param seed of what it refuses
    static NodeReceiver start(Path folder, int seed) throws Exception {
        for (String name : new String[] {"package.json", "webhook-receiver.mjs"}) {
            try (InputStream file = NodeReceiver.class.getResourceAsStream("/faults/" + name)) {
                Files.write(
                        folder.resolve(name),
                        java.util.Objects.requireNonNull(file).readAllBytes());
            }
        }
        Process npm = new ProcessBuilder(
                        "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (!npm.waitFor(120, TimeUnit.SECONDS) || npm.exitValue() != 0) {
            throw new IOException("npm could not install standardwebhooks: Node and npm are needed");
        }
        Process node = new ProcessBuilder("node", "webhook-receiver.mjs", String.valueOf(seed))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new NodeReceiver(node, "http://127.0.0.1:" + port);
    }

    String hook(int number) {
        return address + "/hook/" + number;
    }

    void secret(int hook, String secret) throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(URI.create(address + "/secret/" + hook))
                        .PUT(HttpRequest.BodyPublishers.ofString(secret))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    JsonNode report() throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(client.send(
                                HttpRequest.newBuilder(URI.create(address + "/report"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Override
    public void close() {
        process.destroy();
        client.close();
    }
}
