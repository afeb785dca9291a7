package dev.halftone.adapters.storage.cloudinary;

import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/// Fetches an asset as a stream. Thread-safe.
final class AssetDownload implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final InstantSource clock;

    AssetDownload(InstantSource clock) {
        this.clock = clock;
    }

    /// @return empty when there is no such asset
    Optional<StoredObject> open(String address) throws IOException {
        HttpResponse<InputStream> answer = get(URI.create(address));
        if (answer.statusCode() == 200) {
            return Optional.of(object(answer));
        }
        try (InputStream said = answer.body()) {
            if (answer.statusCode() == 404) {
                return Optional.empty();
            }
            throw new CloudinaryRefused(
                    answer.statusCode(),
                    answer.headers().firstValue("x-cld-error").orElse("no reason given"));
        }
    }

    private HttpResponse<InputStream> get(URI address) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(address).timeout(FIRST_BYTE).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for Cloudinary");
        }
    }

    private StoredObject object(HttpResponse<InputStream> answer) throws IOException {
        Instant stored = answer.headers()
                .firstValue("last-modified")
                .flatMap(AssetDownload::time)
                .orElseGet(clock::instant);
        OptionalLong length = answer.headers().firstValueAsLong("content-length");
        return length.isPresent()
                ? new StoredObject(answer.body(), length.getAsLong(), stored)
                : measured(answer.body(), stored);
    }

    /// A length that the answer does not tell is found by keeping the bytes in a file until they are read.
    private static StoredObject measured(InputStream content, Instant stored) throws IOException {
        Path file = Files.createTempFile("halftone-", ".part");
        try (content) {
            long length = Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            return new StoredObject(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE), length, stored);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
