package dev.halftone.app.bench;

import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.wiring.Halftone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The measured process of [TransformBench]: the whole service with one uploaded JPEG. Prints the picture's address
/// and serves until its standard input ends.
public final class TransformServer {
    private static final Pattern IMAGE_ID = Pattern.compile("\"imageId\"\\s*:\\s*\"([0-9a-z]{26})\"");

    private TransformServer() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        HalftoneConfig config = ConfigReader.read(
                Environment.read(Map.of("HALFTONE_DATA_DIR", data.toString(), "HALFTONE_PORT", "0"), Map.of(), data));
        try (Halftone halftone = Halftone.forService(config)) {
            String address = halftone.startServer();
            System.out.println(address + "/images/" + uploaded(address, Path.of(arguments[0])));
            int end = System.in.read();
            if (end >= 0) {
                throw new IOException("nothing is expected on standard input");
            }
        }
    }

    private static String uploaded(String address, Path jpeg) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/images"))
                            .header("Content-Type", "image/jpeg")
                            .POST(HttpRequest.BodyPublishers.ofFile(jpeg))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher id = IMAGE_ID.matcher(answer.body());
            if (answer.statusCode() != 201 || !id.find()) {
                throw new IOException("the upload was answered " + answer.statusCode() + ": " + answer.body());
            }
            return id.group(1);
        }
    }
}
