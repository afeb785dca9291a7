package dev.halftone.adapters.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.halftone.adapters.storage.s3.FaultyLink.Fault;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.StoreUnusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store on a bad day: what passes is overcome, what does not is told soon, and there is one object in the
/// end.
class S3FaultsTest {
    private static final URI SERVICE = URI.create("https://img.example.com");
    private static final ObjectKey KEY = new ObjectKey("batches/B1/000001-000.jpg");
    private static final byte[] PICTURE = new byte[200_000];

    private final S3Server server = S3Server.running();
    private FaultyLink link;
    private S3Settings settings;
    private S3ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        link = new FaultyLink(server.address());
        settings = S3Server.settings(server.newBucket(), link.address());
        store = new S3ObjectStore(settings, SERVICE);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        link.close();
    }

    @Test
    void overcomesThree503InARow() {
        link.spoil("PUT", unavailable(), unavailable(), unavailable());

        store.put(KEY, PICTURE, "image/jpeg");

        assertThat(link.heads("PUT")).hasSize(4);
        assertOneObject();
    }

    @Test
    void givesUpOnEndless503AndSaysItMayPass() {
        link.spoil("PUT", unavailable(), unavailable(), unavailable(), unavailable());

        Failure failure = failureOfPut();

        assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.detail()).isEqualTo("bucket " + settings.bucket() + " refused put: 503 ServiceUnavailable");
        assertThat(server.keys(settings.bucket())).isEmpty();
        store.put(KEY, PICTURE, "image/jpeg");
        assertOneObject();
    }

    @Test
    void putsTheSameObjectAgainWhenTheAnswerWasLost() {
        link.spoil("PUT", new Fault.DoneButRefused(500));

        store.put(KEY, PICTURE, "image/jpeg");

        assertThat(link.heads("PUT")).hasSize(2).allMatch(head -> head.contains(KEY.value()));
        assertOneObject();
    }

    @Test
    void overcomesAResetInTheMiddleOfThePut() {
        link.spoil("PUT", new Fault.Reset(50_000));

        store.put(KEY, PICTURE, "image/jpeg");

        assertThat(link.heads("PUT")).hasSize(2);
        assertOneObject();
    }

    @Test
    void doesNotWaitForAStoreThatCrawls() {
        link.spoil("PUT", new Fault.Slow(1_000), new Fault.Slow(1_000), new Fault.Slow(1_000), new Fault.Slow(1_000));
        S3Settings.Timing hasty = new S3Settings.Timing(
                Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(900));
        try (S3ObjectStore store = new S3ObjectStore(with(hasty), SERVICE)) {
            assertThatExceptionOfType(HalftoneException.class)
                    .isThrownBy(() -> store.put(KEY, PICTURE, "image/jpeg"))
                    .satisfies(e -> {
                        assertThat(e.failure().code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
                        assertThat(e.failure().retryable()).isTrue();
                        assertThat(e.failure().detail()).contains("it took too long");
                    });
        }
        assertThat(server.keys(settings.bucket())).isEmpty();
        link.heal();
        store.put(KEY, PICTURE, "image/jpeg");
        assertOneObject();
    }

    /// A server may close the connection under its own refusal, when it has not read the body.
    @Test
    void theCheckHearsARefusalThatWasLostUnderTheBody() {
        Fault.Reset lost = new Fault.Reset(0);
        link.spoil("PUT", lost, lost, lost, lost);
        link.spoil("GET", new Fault.Refuse(403, "SignatureDoesNotMatch"));

        assertThatExceptionOfType(StoreUnusable.class)
                .isThrownBy(store::check)
                .withMessageContaining("403 SignatureDoesNotMatch. Correct HALFTONE_S3_SECRET_KEY.");
    }

    @Test
    void theCheckSaysHowTheConnectionEndedWhereNothingWasHeard() {
        Fault.Reset lost = new Fault.Reset(0);
        link.spoil("PUT", lost, lost, lost, lost);

        assertThatExceptionOfType(StoreUnusable.class)
                .isThrownBy(store::check)
                .withMessageMatching(".*put an object.* failed: no answer came \\(.+\\)\\. Check that it is up.*");
    }

    @Test
    void doesNotInsistOn403() {
        link.spoil("PUT", accessDenied(), accessDenied(), accessDenied(), accessDenied());

        Failure failure = failureOfPut();

        assertThat(link.heads("PUT")).hasSize(1);
        assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.detail()).contains("403 AccessDenied");
    }

    @Test
    void tellsAFullStore() {
        link.spoil("PUT", new Fault.Refuse(403, "QuotaExceeded"));
        assertThat(failureOfPut()).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(failure.retryable()).isTrue();
        });
        link.spoil(
                "PUT",
                new Fault.Refuse(507, ""),
                new Fault.Refuse(507, ""),
                new Fault.Refuse(507, ""),
                new Fault.Refuse(507, ""));
        assertThat(failureOfPut().code()).isEqualTo(FailureCode.STORAGE_FULL);
    }

    @Test
    void overcomesFaultsOfParts() throws IOException {
        link.spoilContaining("partNumber=2", new Fault.Reset(1_000_000), new Fault.Refuse(503, "ServiceUnavailable"));
        link.spoilContaining("?uploads", new Fault.Refuse(500, "InternalError"));
        byte[] large = large();

        assertThat(store.put(KEY, new ByteArrayInputStream(large), "text/csv")).isEqualTo(large.length);

        try (var object = store.open(KEY).orElseThrow()) {
            assertThat(object.content().readAllBytes()).isEqualTo(large);
        }
        assertThat(server.unfinishedUploads(settings.bucket())).isZero();
    }

    @Test
    void knowsItsObjectWhenTheAnswerToTheLastPartWasLost() throws IOException {
        link.spoil(
                "POST /" + settings.bucket() + "/" + KEY + "?uploadId",
                new Fault.DoneButRefused(500),
                new Fault.Refuse(404, "NoSuchUpload"));
        byte[] large = large();

        assertThat(store.put(KEY, new ByteArrayInputStream(large), "text/csv")).isEqualTo(large.length);
        assertThat(server.head(settings.bucket(), KEY.value()).contentLength()).isEqualTo(large.length);
    }

    @Test
    void doesNotTakeAnotherObjectForItsOwn() {
        store.put(KEY, PICTURE, "image/jpeg");
        link.spoil("POST /" + settings.bucket() + "/" + KEY + "?uploadId", new Fault.Refuse(404, "NoSuchUpload"));

        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> store.put(KEY, new ByteArrayInputStream(large()), "text/csv"));
        assertOneObject();
    }

    @Test
    void removesItsPartsWhenOneIsRefused() throws IOException {
        store.put(KEY, PICTURE, "image/jpeg");
        link.spoilContaining("partNumber=2", accessDenied());

        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() -> store.put(KEY, new ByteArrayInputStream(large()), "text/csv"));

        assertThat(server.unfinishedUploads(settings.bucket())).isZero();
        assertOneObject();
    }

    @Test
    void readsAgainWhatWasReset() throws IOException {
        store.put(KEY, PICTURE, "image/jpeg");
        link.spoil("GET", new Fault.Reset(0), new Fault.Refuse(500, "InternalError"));

        try (var object = store.open(KEY).orElseThrow()) {
            assertThat(object.content().readAllBytes()).hasSize(PICTURE.length);
        }
    }

    @Test
    void asksForEncryptionAsSet() throws IOException {
        try (S3ObjectStore s3 = new S3ObjectStore(with(new S3Settings.Encryption.OfS3()), SERVICE);
                S3ObjectStore kms =
                        new S3ObjectStore(with(new S3Settings.Encryption.OfKms(Optional.of("key-1"))), SERVICE)) {
            link.spoil("PUT", accessDenied());
            link.spoil("POST", accessDenied());
            assertThatExceptionOfType(HalftoneException.class).isThrownBy(() -> s3.put(KEY, PICTURE, "image/jpeg"));
            assertThatExceptionOfType(HalftoneException.class)
                    .isThrownBy(() -> kms.put(KEY, new ByteArrayInputStream(large()), "text/csv"));
        }

        assertThat(link.heads("PUT").getFirst().toLowerCase(java.util.Locale.ROOT))
                .contains("x-amz-server-side-encryption: aes256");
        assertThat(link.heads("POST").getFirst().toLowerCase(java.util.Locale.ROOT))
                .contains(
                        "x-amz-server-side-encryption: aws:kms", "x-amz-server-side-encryption-aws-kms-key-id: key-1");
    }

    @Test
    void leavesOutWhatOlderServersRefuse() throws IOException {
        S3Settings older = new S3Settings(
                settings.bucket(),
                settings.region(),
                settings.endpoint(),
                settings.credentials(),
                true,
                true,
                "",
                settings.encryption(),
                settings.addresses(),
                settings.timing());
        try (S3ObjectStore store = new S3ObjectStore(older, SERVICE)) {
            store.put(KEY, PICTURE, "image/jpeg");
            store.put(new ObjectKey("uploads/B1.csv"), new ByteArrayInputStream(large()), "text/csv");
        }

        assertThat(link.heads("PUT"))
                .hasSizeGreaterThan(2)
                .allSatisfy(head -> assertThat(head.toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain(
                                "aws-chunked",
                                "x-amz-checksum",
                                "x-amz-sdk-checksum",
                                "x-amz-trailer",
                                "expect:",
                                "streaming-"));
        assertThat(server.keys(settings.bucket())).hasSize(2);
    }

    private static Fault unavailable() {
        return new Fault.Refuse(503, "ServiceUnavailable");
    }

    private static Fault accessDenied() {
        return new Fault.Refuse(403, "AccessDenied");
    }

    private static byte[] large() {
        byte[] large = new byte[2 * S3Parts.PART + 12_345];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 >>> 5);
        }
        return large;
    }

    private Failure failureOfPut() {
        try {
            store.put(KEY, PICTURE, "image/jpeg");
            throw new AssertionError("the put succeeded");
        } catch (HalftoneException e) {
            return e.failure();
        }
    }

    private void assertOneObject() {
        assertThat(server.keys(settings.bucket())).containsExactly(KEY.value());
        assertThat(server.head(settings.bucket(), KEY.value()).contentLength()).isEqualTo(PICTURE.length);
    }

    private S3Settings with(S3Settings.Timing timing) {
        return new S3Settings(
                settings.bucket(),
                settings.region(),
                settings.endpoint(),
                settings.credentials(),
                true,
                false,
                "",
                settings.encryption(),
                settings.addresses(),
                timing);
    }

    private S3Settings with(S3Settings.Encryption encryption) {
        return new S3Settings(
                settings.bucket(),
                settings.region(),
                settings.endpoint(),
                settings.credentials(),
                true,
                false,
                "",
                encryption,
                settings.addresses(),
                settings.timing());
    }
}
