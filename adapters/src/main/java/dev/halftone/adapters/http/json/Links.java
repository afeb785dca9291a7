package dev.halftone.adapters.http.json;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.event.Delivery;
import dev.halftone.domain.event.endpoint.Webhook;
import dev.halftone.domain.identity.PublicId;
import dev.halftone.domain.job.JobId;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.transform.SignedLink;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// The absolute addresses that are handed out, under the service's public address. Those of pictures are signed
/// where only signed ones are served.
public final class Links {
    private final Supplier<URI> publicUrl;
    private final Optional<SignedLink> key;

    public Links(URI publicUrl) {
        this(publicUrl, Optional.empty());
    }

    /// @param key signs the addresses of pictures
    public Links(URI publicUrl, Optional<SignedLink> key) {
        this.publicUrl = () -> publicUrl;
        this.key = key;
    }

    /// @param publicUrl asked each time, so that a port chosen at the start is known by then
    public Links(Supplier<URI> publicUrl) {
        this.publicUrl = publicUrl;
        this.key = Optional.empty();
    }

    /// The links of one batch.
    public record OfBatch(String self, String items, String outputCsv, String outputNdjson, String page) {}

    public OfBatch of(BatchId id) {
        String self = batch(id);
        return new OfBatch(
                self, self + "/items", self + "/output.csv", self + "/output.ndjson", absolute("/batches/" + id));
    }

    public String batch(BatchId id) {
        return absolute("/api/batches/" + id);
    }

    /// The links of one image.
    public record OfImage(String self, String image, String similar, String process, String text) {}

    public OfImage of(AssetId id) {
        String self = image(id);
        return new OfImage(self, shown(id), self + "/similar", self + "/process", self + "/text");
    }

    public String image(AssetId id) {
        return absolute("/api/images/" + id);
    }

    /// Where an image is seen as it came.
    public String shown(AssetId id) {
        return absolute(shownPath(id, ""));
    }

    /// Where an image is seen, from the service's own root.
    ///
    /// @param query a transform as it stands in an address, without `?`; empty for the image as it came
    public String shownPath(AssetId id, String query) {
        String path = "/images/" + id;
        return key.map(signer -> signer.sign(path, query, Optional.empty()))
                .orElse(query.isEmpty() ? path : path + "?" + query);
    }

    /// The links of one job; `events` answers server-sent events and WebSockets.
    public record OfJob(String self, String events, String image) {}

    public OfJob of(JobId id, AssetId asset) {
        return new OfJob(job(id), job(id) + "/events", image(asset));
    }

    public String job(JobId id) {
        return absolute("/api/jobs/" + id);
    }

    /// The links of one delivery.
    public record OfDelivery(String self, String replay, String endpoint) {}

    public OfDelivery of(Delivery delivery) {
        String self = absolute("/api/deliveries/" + delivery.id());
        return new OfDelivery(self, self + "/replay", endpoint(delivery.webhook()));
    }

    /// The links of one webhook endpoint.
    public record OfEndpoint(String self, String enable, String rotate) {}

    public OfEndpoint of(Webhook webhook) {
        String self = endpoint(webhook.id());
        return new OfEndpoint(self, self + "/enable", self + "/rotate");
    }

    private String endpoint(PublicId webhook) {
        return absolute("/api/webhooks/" + webhook);
    }

    /// Where this service itself serves an object.
    public String file(ObjectKey key) {
        return absolute("/files/" + key);
    }

    /// @param path from the service's own root
    public String absolute(String path) {
        String base = publicUrl.get().toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
