package dev.halftone.adapters.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Fetches an object the way the world will: by its public address, without keys.
final class PublicReading {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// @return why the bytes did not come; empty when they did
    Optional<String> fails(URI address, byte[] expected) {
        try (HttpClient anybody = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<byte[]> answer = anybody.send(
                    HttpRequest.newBuilder(address).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                return Optional.of("answers " + answer.statusCode());
            }
            return Arrays.equals(answer.body(), expected) ? Optional.empty() : Optional.of("answers something else");
        } catch (IOException e) {
            return Optional.of("does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("was not waited for");
        }
    }
}
