package dev.halftone.adapters.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A real S3 server on loopback that checks signatures, one for all tests of this JVM. Each test takes a
/// bucket of its own.
final class S3Server {
    static final S3Settings.Credentials KEYS = new S3Settings.Credentials("AKHALFTONE", "s3cr3t-of-the-tests");
    static final S3Settings.Timing SHORT = new S3Settings.Timing(
            Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(40));

    private static final S3Server ONE = new S3Server();

    private final AtomicInteger buckets = new AtomicInteger();
    private final URI address;
    private final S3Client client;

    private S3Server() {
        try {
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(new TransientNio2BlobStore())
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, KEYS.accessKey(), KEYS.secretKey())
                    .metricsEnabled(false)
                    .build();
            proxy.start();
            this.address = URI.create("http://127.0.0.1:" + proxy.getPort());
            this.client = S3Clients.client(settings("any", address));
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server did not start", e);
        }
    }

    static S3Server running() {
        return ONE;
    }

    URI address() {
        return address;
    }

    String newBucket() {
        String bucket = "bucket-" + buckets.incrementAndGet();
        client.createBucket(request -> request.bucket(bucket));
        return bucket;
    }

    List<String> keys(String bucket) {
        return client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    HeadObjectResponse head(String bucket, String key) {
        return client.headObject(request -> request.bucket(bucket).key(key));
    }

    int unfinishedUploads(String bucket) {
        return client.listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    void beginUpload(String bucket, String key) {
        client.createMultipartUpload(request -> request.bucket(bucket).key(key));
    }

    static S3Settings settings(String bucket, URI endpoint) {
        return new S3Settings(
                bucket,
                "us-east-1",
                Optional.of(endpoint),
                Optional.of(KEYS),
                true,
                false,
                "",
                new S3Settings.Encryption.OfBucket(),
                new S3Settings.Addresses.OfBucket(),
                SHORT);
    }
}
