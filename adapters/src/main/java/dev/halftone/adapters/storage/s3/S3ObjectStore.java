package dev.halftone.adapters.storage.s3;

import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoreUnusable;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Keeps objects in a bucket, under `prefix/key`. What passes (5xx, a reset, silence) is tried up to four
/// times within a time limit; what does not (403, no such bucket) is told at once. A put whose answer was
/// lost may have happened: putting again under the same key makes it right, as does the retry of an item.
/// Thread-safe.
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
    private final S3Settings settings;
    private final S3Client client;
    private final S3Requests requests;
    private final S3Parts parts;
    private final S3Failures failures;
    private final S3Addresses addresses;
    private final S3Listing listing;

    /// @param publicBase the service's own public address
    public S3ObjectStore(S3Settings settings, URI publicBase) {
        this.settings = settings;
        this.failures = new S3Failures(settings.bucket());
        this.requests = new S3Requests(settings.bucket(), settings.encryption());
        this.addresses = S3Addresses.of(settings, publicBase);
        this.client = S3Clients.client(settings);
        this.parts = new S3Parts(client, requests);
        this.listing = new S3Listing(client, settings.bucket(), settings.prefix(), S3Listing.PAGE);
    }

    /// Puts, reads and deletes an object of its own, as the service will.
    ///
    /// @return what the operator should know though it does not stop the start: that the world can't read it
    /// @throws StoreUnusable when any of it fails
    public Optional<String> check() {
        return new S3Check(settings, client, requests, addresses).run();
    }

    @Override
    public void put(ObjectKey key, byte[] bytes, String mediaType) {
        try {
            client.putObject(requests.put(inBucket(key), mediaType), S3Parts.body(bytes, bytes.length));
        } catch (SdkException e) {
            throw failures.of(e, "put");
        }
    }

    @Override
    public long put(ObjectKey key, InputStream bytes, String mediaType) throws IOException {
        byte[] first = bytes.readNBytes(S3Parts.PART);
        if (first.length < S3Parts.PART) {
            put(key, first, mediaType);
            return first.length;
        }
        try {
            return parts.put(inBucket(key), first, bytes, mediaType);
        } catch (SdkException e) {
            throw failures.of(e, "put in parts");
        }
    }

    @Override
    public Optional<StoredObject> open(ObjectKey key) {
        try {
            ResponseInputStream<GetObjectResponse> found = client.getObject(
                    request -> request.bucket(settings.bucket()).key(inBucket(key)));
            return Optional.of(new StoredObject(
                    new S3Content(found),
                    found.response().contentLength(),
                    found.response().lastModified()));
        } catch (S3Exception e) {
            if (isAbsent(e)) {
                return Optional.empty();
            }
            throw failures.of(e, "get");
        } catch (SdkException e) {
            throw failures.of(e, "get");
        }
    }

    @Override
    public void delete(ObjectKey key) {
        try {
            client.deleteObject(request -> request.bucket(settings.bucket()).key(inBucket(key)));
        } catch (S3Exception e) {
            if (!isAbsent(e)) {
                throw failures.of(e, "delete");
            }
        } catch (SdkException e) {
            throw failures.of(e, "delete");
        }
    }

    @Override
    public Stream<ListedObject> list(String prefix) {
        ObjectKey.checkPrefix(prefix);
        return listing.objects(prefix, failures);
    }

    @Override
    public int sweepUnfinished(Duration age) {
        try {
            return listing.abortUnfinished(age);
        } catch (SdkException e) {
            throw failures.of(e, "sweep of unfinished uploads");
        }
    }

    /// @throws HalftoneException with `storage_unavailable` when an address is to be signed and no
    /// credentials are found
    @Override
    public URI publicUrl(ObjectKey key) {
        try {
            return addresses.of(S3Addresses.Names.of(key.value(), settings.prefix()));
        } catch (SdkException e) {
            throw failures.of(e, "sign");
        }
    }

    @Override
    public void close() {
        addresses.close();
        client.close();
    }

    private String inBucket(ObjectKey key) {
        return S3Addresses.Names.of(key.value(), settings.prefix()).inBucket();
    }

    static boolean isAbsent(S3Exception e) {
        return e.statusCode() == 404 && !S3Failures.code(e).equals("NoSuchBucket");
    }
}
