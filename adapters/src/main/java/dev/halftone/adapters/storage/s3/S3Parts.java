package dev.halftone.adapters.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// Puts a stream of unknown length as a multipart upload, a part in memory at a time, so that each part can
/// be tried again. The object appears, or is replaced, when the last step succeeds; until then readers see
/// the old one. When anything fails the parts are removed. Thread-safe.
final class S3Parts {
    /// The least that S3 takes for a part is 5 MiB, the most parts are 10,000: streams of up to 78 GiB.
    static final int PART = 8 << 20;

    private static final String TOKEN = "halftone-put";

    private final S3Client client;
    private final S3Requests requests;

    S3Parts(S3Client client, S3Requests requests) {
        this.client = client;
        this.requests = requests;
    }

    /// @param first what was read of the stream already: one whole part
    /// @return how many bytes there were in all
    long put(String key, byte[] first, InputStream rest, String mediaType) throws IOException {
        String token = UUID.randomUUID().toString();
        String upload = client.createMultipartUpload(requests.begin(key, mediaType, Map.of(TOKEN, token)))
                .uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            long size = 0;
            byte[] buffer = first;
            for (int length = first.length; length > 0; length = rest.readNBytes(buffer, 0, PART)) {
                parts.add(part(key, upload, parts.size() + 1, buffer, length));
                size += length;
            }
            complete(key, upload, parts, token);
            return size;
        } catch (IOException | RuntimeException | Error e) {
            abort(key, upload, e);
            throw e;
        }
    }

    private CompletedPart part(String key, String upload, int number, byte[] bytes, int length) {
        UploadPartResponse kept = client.uploadPart(
                request -> request.bucket(requests.bucket())
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .contentLength((long) length),
                body(bytes, length));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(kept.eTag())
                .checksumCRC32(kept.checksumCRC32())
                .build();
    }

    static RequestBody body(byte[] bytes, int length) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromInputStreamSupplier(() -> new java.io.ByteArrayInputStream(bytes, 0, length)),
                length,
                "application/octet-stream");
    }

    /// An answer that was lost on its way makes the SDK ask again, and the upload is gone then: the token on
    /// the object tells that it was completed.
    private void complete(String key, String upload, List<CompletedPart> parts, String token) {
        try {
            client.completeMultipartUpload(request -> request.bucket(requests.bucket())
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts)));
        } catch (S3Exception e) {
            if (e.statusCode() != 404 || !carries(key, token)) {
                throw e;
            }
        }
    }

    private boolean carries(String key, String token) {
        return token.equals(
                client.headObject(request -> request.bucket(requests.bucket()).key(key))
                        .metadata()
                        .get(TOKEN));
    }

    private void abort(String key, String upload, Throwable why) {
        // The SDK refuses to work for a thread that is interrupted.
        boolean interrupted = Thread.interrupted();
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(requests.bucket()).key(key).uploadId(upload));
        } catch (SdkException left) {
            why.addSuppressed(left);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
