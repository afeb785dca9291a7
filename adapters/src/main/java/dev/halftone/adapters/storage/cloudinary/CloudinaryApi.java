package dev.halftone.adapters.storage.cloudinary;

import com.cloudinary.Cloudinary;
import com.cloudinary.api.AuthorizationRequired;
import com.cloudinary.api.exceptions.BadRequest;
import com.cloudinary.api.exceptions.NotAllowed;
import com.cloudinary.api.exceptions.NotFound;
import com.cloudinary.api.exceptions.RateLimited;
import com.cloudinary.utils.ObjectUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/// What Halftone asks of Cloudinary's upload API, through its official client. What passes is tried three
/// times. Thread-safe.
final class CloudinaryApi implements AutoCloseable {
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 200;
    /// Of one connection.
    private static final int TIMEOUT_SECONDS = 60;
    /// As many as a node has images in flight.
    private static final int CONNECTIONS = 64;
    /// Cloudinary's limit.
    private static final int LISTED_AT_ONCE = 500;

    private final PoolingHttpClientConnectionManager connections;
    private final Cloudinary client;

    CloudinaryApi(CloudinarySettings settings) {
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS)
                .build();
        this.client = new Cloudinary(Map.of(
                "cloud_name", settings.cloud(),
                "api_key", settings.credentials().apiKey(),
                "api_secret", settings.credentials().apiSecret(),
                "upload_prefix", settings.api().toString(),
                "secure", true,
                "timeout", TIMEOUT_SECONDS,
                "connectionManager", connections));
    }

    /// Uploads all bytes at once and replaces what was there.
    void upload(AssetName name, byte[] bytes) throws IOException {
        retried(() -> upload(name, bytes, Map.of()));
    }

    /// Uploads a piece; the last one makes the asset.
    ///
    /// @param upload the same for all pieces
    /// @param from the place of its first byte
    /// @param total of all bytes, -1 while it is not known
    void piece(AssetName name, byte[] bytes, String upload, long from, long total) throws IOException {
        String range = "bytes %d-%d/%d".formatted(from, from + bytes.length - 1, total);
        upload(name, bytes, Map.of("X-Unique-Upload-Id", upload, "Content-Range", range));
    }

    /// Deletes; an asset that does not exist is no error.
    void destroy(AssetName name) throws IOException {
        retried(() -> answer(client.uploader().destroy(name.publicId(), options(name))));
    }

    /// A signed address of the asset as it was uploaded. It is answered by the API itself rather than by a
    /// cache, so it tells the truth right after a put, and holds for an hour.
    String download(AssetName name) throws IOException {
        try {
            return client.privateDownload(name.publicId(), "", options(name));
        } catch (Exception e) {
            throw new IOException("the address could not be signed", e);
        }
    }

    /// A page of a listing.
    ///
    /// @param next where the next page begins; empty after the last
    record Page(List<Map<?, ?>> assets, Optional<String> next) {}

    /// Lists assets by the beginning of their public ids. The account's limit of such calls an hour is small.
    ///
    /// @param after the page before says
    Page list(boolean pictures, String prefix, Optional<String> after) throws IOException {
        Map<String, Object> options = new HashMap<>();
        options.put("resource_type", pictures ? "image" : "raw");
        options.put("type", pictures ? "upload" : "private");
        options.put("prefix", prefix);
        options.put("max_results", LISTED_AT_ONCE);
        after.ifPresent(cursor -> options.put("next_cursor", cursor));
        List<Page> page = new ArrayList<>(1);
        retried(() -> page.add(page(listed(options))));
        return page.getFirst();
    }

    private Map<?, ?> listed(Map<String, Object> options) throws IOException {
        try {
            return client.api().resources(options);
        } catch (RateLimited e) {
            throw new CloudinaryRefused(420, String.valueOf(e.getMessage()));
        } catch (AuthorizationRequired e) {
            throw new CloudinaryRefused(401, String.valueOf(e.getMessage()));
        } catch (NotAllowed e) {
            throw new CloudinaryRefused(403, String.valueOf(e.getMessage()));
        } catch (NotFound e) {
            throw new CloudinaryRefused(404, String.valueOf(e.getMessage()));
        } catch (BadRequest e) {
            throw new CloudinaryRefused(400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the listing failed", e);
        }
    }

    private static Page page(Map<?, ?> answer) {
        List<Map<?, ?>> assets = new ArrayList<>();
        if (answer.get("resources") instanceof List<?> found) {
            found.forEach(each -> assets.add((Map<?, ?>) each));
        }
        return new Page(
                List.copyOf(assets),
                Optional.ofNullable(answer.get("next_cursor")).map(String::valueOf));
    }

    private void upload(AssetName name, byte[] bytes, Map<String, String> headers) throws IOException {
        Map<String, Object> options = options(name);
        options.put("public_id", name.publicId());
        options.put("overwrite", true);
        options.put("extra_headers", headers);
        answer(client.uploader().upload(bytes, options));
    }

    private static Map<String, Object> options(AssetName name) {
        Map<String, Object> options = new HashMap<>();
        options.put("resource_type", name.resourceType());
        options.put("type", name.type());
        options.put("invalidate", true);
        options.put("return_error", true);
        return options;
    }

    private static void answer(Map<?, ?> answer) throws CloudinaryRefused {
        if (answer.get("error") instanceof Map<?, ?> error) {
            throw new CloudinaryRefused(
                    ObjectUtils.asInteger(error.get("http_code"), 500), String.valueOf(error.get("message")));
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void retried(Call call) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                call.run();
                return;
            } catch (IOException e) {
                boolean passes = !(e instanceof CloudinaryRefused refused) || refused.status() >= 500;
                if (!passes || attempt == TRIES || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS << 2 * (attempt - 1)));
            }
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
