package dev.halftone.adapters.storage.s3;

import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What is in the bucket: objects, and uploads in parts that never ended, which cost as much as objects and are
/// shown by no listing of them. Thread-safe.
final class S3Listing {
    /// The most that S3 gives in one answer.
    static final int PAGE = 1_000;

    private final S3Client client;
    private final String bucket;
    private final String before;
    private final int page;

    /// @param prefix stands before every key; empty for none
    /// @param page how many come with an answer
    S3Listing(S3Client client, String bucket, String prefix, int page) {
        this.page = page;
        this.client = client;
        this.bucket = bucket;
        this.before = prefix.isEmpty() ? "" : prefix + "/";
    }

    Stream<ListedObject> objects(String prefix, S3Failures failures) {
        Iterator<S3Object> all = told(
                failures,
                () -> client.listObjectsV2Paginator(request ->
                                request.bucket(bucket).prefix(before + prefix).maxKeys(page))
                        .contents()
                        .iterator());
        Iterator<S3Object> telling = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return told(failures, all::hasNext);
            }

            @Override
            public S3Object next() {
                return told(failures, all::next);
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(telling, Spliterator.NONNULL), false)
                .flatMap(object -> listed(object).stream());
    }

    private Optional<ListedObject> listed(S3Object object) {
        return ObjectKey.parse(object.key().substring(before.length()))
                .map(key -> new ListedObject(key, object.size(), object.lastModified()));
    }

    private interface Asked<T> {
        T ask();
    }

    private static <T> T told(S3Failures failures, Asked<T> asked) {
        try {
            return asked.ask();
        } catch (SdkException e) {
            throw failures.of(e, "list");
        }
    }

    /// Ends uploads in parts that were begun so long ago. The server's clock says when that is: it dates its
    /// answers as it dates the uploads.
    ///
    /// @return how many
    int abortUnfinished(Duration age) {
        Instant since = serverTime().minus(age);
        int aborted = 0;
        for (MultipartUpload upload : client.listMultipartUploadsPaginator(
                        request -> request.bucket(bucket).prefix(before))
                .uploads()) {
            if (upload.initiated().isBefore(since) && abort(upload)) {
                aborted++;
            }
        }
        return aborted;
    }

    private Instant serverTime() {
        return client.listMultipartUploads(request -> request.bucket(bucket).maxUploads(1))
                .sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> java.time.ZonedDateTime.parse(date, java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .orElse(Instant.EPOCH);
    }

    /// @return false when somebody else has ended it
    private boolean abort(MultipartUpload upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return false;
            }
            throw e;
        }
    }
}
