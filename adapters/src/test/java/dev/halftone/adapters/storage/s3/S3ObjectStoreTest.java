package dev.halftone.adapters.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.ObjectStoreContract;
import dev.halftone.domain.storage.StoreUnusable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3ObjectStoreTest extends ObjectStoreContract {
    private static final URI SERVICE = URI.create("https://img.example.com/shop");
    private static final ObjectKey KEY = new ObjectKey("batches/B1/000001-000.jpg");
    private static final byte[] PICTURE = {1, 2, 3, 4};

    private final S3Server server = S3Server.running();
    private S3Settings settings;
    private S3ObjectStore store;

    @BeforeEach
    void open() {
        settings = S3Server.settings(server.newBucket(), server.address());
        store = new S3ObjectStore(settings, SERVICE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void tellsTypeAndHowLongToCache() {
        store.put(KEY, PICTURE, "image/jpeg");
        store.put(new ObjectKey("uploads/B1.csv"), PICTURE, "text/csv");

        HeadObjectResponse picture = server.head(settings.bucket(), KEY.value());
        assertThat(picture.contentType()).isEqualTo("image/jpeg");
        assertThat(picture.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
        assertThat(server.head(settings.bucket(), "uploads/B1.csv").cacheControl())
                .isEqualTo("private, no-store");
    }

    @Test
    void tellsTheTypeOfWhatCameInPartsToo() throws IOException {
        store.put(KEY, new ByteArrayInputStream(new byte[S3Parts.PART + 1]), "image/png");

        HeadObjectResponse picture = server.head(settings.bucket(), KEY.value());
        assertThat(picture.contentType()).isEqualTo("image/png");
        assertThat(picture.cacheControl()).contains("immutable");
        assertThat(picture.contentLength()).isEqualTo(S3Parts.PART + 1);
    }

    @Test
    void keepsItsObjectsUnderThePrefix() throws IOException {
        try (S3ObjectStore below = new S3ObjectStore(with("shop/eu"), SERVICE)) {
            below.put(KEY, PICTURE, "image/jpeg");

            assertThat(server.keys(settings.bucket())).containsExactly("shop/eu/" + KEY);
            assertThat(below.publicUrl(KEY))
                    .isEqualTo(URI.create(server.address() + "/" + settings.bucket() + "/shop/eu/" + KEY));
            assertThat(store.open(KEY)).isEmpty();
            below.delete(KEY);
            assertThat(server.keys(settings.bucket())).isEmpty();
        }
    }

    @Test
    void leavesNoPartsOfAStreamThatBreaks() {
        IOException broken = new IOException("the upload broke");
        InputStream twoPartsThenNothing =
                new SequenceInputStream(new ByteArrayInputStream(new byte[2 * S3Parts.PART]), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw broken;
                    }
                });

        assertThatThrownBy(() -> store.put(KEY, twoPartsThenNothing, "text/csv"))
                .isSameAs(broken);
        assertThat(server.keys(settings.bucket())).isEmpty();
        assertThat(server.unfinishedUploads(settings.bucket())).isZero();
    }

    @Test
    void tellsARefusedSecretWithoutShowingIt() {
        try (S3ObjectStore refused = new S3ObjectStore(withSecret("not-the-secret"), SERVICE)) {
            assertThatExceptionOfType(HalftoneException.class)
                    .isThrownBy(() -> refused.put(KEY, PICTURE, "image/jpeg"))
                    .satisfies(e -> {
                        assertThat(e.failure().code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
                        assertThat(e.failure().retryable()).isFalse();
                        assertThat(e.failure().detail())
                                .isEqualTo("bucket " + settings.bucket() + " refused put: 403 SignatureDoesNotMatch");
                    });
            assertThatExceptionOfType(HalftoneException.class).isThrownBy(() -> refused.open(KEY));
        }
    }

    @Test
    void aBucketThatIsGoneIsNoEmptyKey() {
        S3Settings gone = S3Server.settings("no-such-bucket", server.address());
        try (S3ObjectStore store = new S3ObjectStore(gone, SERVICE)) {
            assertThatExceptionOfType(HalftoneException.class)
                    .isThrownBy(() -> store.open(KEY))
                    .satisfies(e -> assertThat(e.failure().detail()).contains("404 NoSuchBucket"));
        }
    }

    @Test
    void namesTheBucketsOwnAddress() {
        assertThat(store.publicUrl(KEY)).isEqualTo(URI.create(server.address() + "/" + settings.bucket() + "/" + KEY));
        S3Settings aws = new S3Settings(
                "pictures",
                "eu-central-1",
                Optional.empty(),
                Optional.of(S3Server.KEYS),
                false,
                false,
                "",
                new S3Settings.Encryption.OfBucket(),
                new S3Settings.Addresses.OfBucket(),
                S3Settings.Timing.DEFAULT);
        try (S3ObjectStore store = new S3ObjectStore(aws, SERVICE)) {
            assertThat(store.publicUrl(KEY))
                    .isEqualTo(URI.create("https://pictures.s3.eu-central-1.amazonaws.com/" + KEY));
        }
    }

    @Test
    void namesTheAddressOfATemplateOrOfTheService() {
        try (S3ObjectStore cdn = new S3ObjectStore(
                        with(new S3Settings.Addresses.Template("https://cdn.example.com/i/{key}?v=1")), SERVICE);
                S3ObjectStore own = new S3ObjectStore(with(new S3Settings.Addresses.OfService()), SERVICE)) {
            assertThat(cdn.publicUrl(KEY)).isEqualTo(URI.create("https://cdn.example.com/i/" + KEY + "?v=1"));
            assertThat(own.publicUrl(KEY)).isEqualTo(URI.create("https://img.example.com/shop/files/" + KEY));
        }
    }

    @Test
    void signsAddressesThatAnybodyCanFetchAndNobodyCanChange() throws Exception {
        store.put(KEY, PICTURE, "image/jpeg");
        try (S3ObjectStore signing =
                        new S3ObjectStore(with(new S3Settings.Addresses.Presigned(Duration.ofHours(1))), SERVICE);
                HttpClient anybody = HttpClient.newHttpClient()) {
            URI address = signing.publicUrl(KEY);
            HttpResponse<byte[]> answer = get(anybody, address);

            assertThat(address.toString()).contains("X-Amz-Expires=3600").doesNotContain(S3Server.KEYS.secretKey());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(PICTURE);
            assertThat(answer.headers().firstValue("content-type")).contains("image/jpeg");
            URI other = URI.create(address.toString().replace("000001-000", "000002-000"));
            assertThat(get(anybody, other).statusCode()).isEqualTo(403);
            assertThat(get(anybody, store.publicUrl(KEY)).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void closesAnObjectThatWasNotReadToItsEnd() throws IOException {
        store.put(KEY, new byte[1 << 20], "image/jpeg");
        for (int i = 0; i < 20; i++) {
            try (var object = store.open(KEY).orElseThrow()) {
                assertThat(object.content().readNBytes(10)).hasSize(10);
            }
        }
        assertThat(read(KEY)).hasSize(1 << 20);
    }

    @Test
    void checksThatItCanDoWhatItWillDo() {
        try (S3ObjectStore signing =
                        new S3ObjectStore(with(new S3Settings.Addresses.Presigned(Duration.ofHours(1))), SERVICE);
                S3ObjectStore own = new S3ObjectStore(with(new S3Settings.Addresses.OfService()), SERVICE)) {
            assertThat(signing.check()).isEmpty();
            assertThat(own.check()).isEmpty();
        }
        assertThat(server.keys(settings.bucket())).isEmpty();
    }

    @Test
    void warnsWhenTheWorldCannotReadTheBucket() {
        assertThat(store.check())
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains(server.address() + "/" + settings.bucket() + "/batches/", "answers 403")
                        .contains("HALFTONE_S3_PUBLIC_URL"));
        assertThat(server.keys(settings.bucket())).isEmpty();
    }

    @Test
    void saysWhatToDoAboutAWrongBucketSecretOrAddress() {
        assertUnusable(
                S3Server.settings("no-such-bucket", server.address()),
                "no-such-bucket",
                "404 NoSuchBucket",
                "HALFTONE_S3_BUCKET");
        assertUnusable(withSecret("not-the-secret"), "403 SignatureDoesNotMatch", "HALFTONE_S3_SECRET_KEY");
        assertUnusable(
                S3Server.settings("any", URI.create("http://nowhere.invalid")),
                "nowhere.invalid",
                "HALFTONE_S3_ENDPOINT");
    }

    private static void assertUnusable(S3Settings settings, String... words) {
        try (S3ObjectStore store = new S3ObjectStore(settings, SERVICE)) {
            assertThatExceptionOfType(StoreUnusable.class)
                    .isThrownBy(store::check)
                    .satisfies(e -> assertThat(e.getMessage())
                            .contains(words)
                            .contains("put an object")
                            .doesNotContain("not-the-secret"));
        }
    }

    private static HttpResponse<byte[]> get(HttpClient client, URI address) throws Exception {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private S3Settings with(String prefix) {
        return new S3Settings(
                settings.bucket(),
                settings.region(),
                settings.endpoint(),
                settings.credentials(),
                true,
                false,
                prefix,
                settings.encryption(),
                settings.addresses(),
                settings.timing());
    }

    private S3Settings with(S3Settings.Addresses addresses) {
        return new S3Settings(
                settings.bucket(),
                settings.region(),
                settings.endpoint(),
                settings.credentials(),
                true,
                false,
                "",
                settings.encryption(),
                addresses,
                settings.timing());
    }

    private S3Settings withSecret(String secret) {
        return new S3Settings(
                settings.bucket(),
                settings.region(),
                settings.endpoint(),
                Optional.of(new S3Settings.Credentials(S3Server.KEYS.accessKey(), secret)),
                true,
                false,
                "",
                settings.encryption(),
                settings.addresses(),
                settings.timing());
    }

    @Test
    void listsBelowItsPrefixAlone() {
        store.put(new ObjectKey("shop/eu.jpg"), PICTURE, "image/jpeg");
        try (S3ObjectStore below = new S3ObjectStore(with("shop/eu"), SERVICE)) {
            below.put(KEY, PICTURE, "image/jpeg");

            try (Stream<ListedObject> listed = below.list("")) {
                assertThat(listed).extracting(ListedObject::key).containsExactly(KEY);
            }
        }
    }

    /// The server of the tests breaks off a connection after some thousand puts.
    @Override
    protected int manyObjects() {
        return 40;
    }

    @Test
    void listsPageByPage() {
        List<ObjectKey> keys = IntStream.range(0, 25)
                .mapToObj(i -> new ObjectKey("batches/B1/%05d.jpg".formatted(i)))
                .toList();
        keys.forEach(key -> store.put(key, PICTURE, "image/jpeg"));
        S3Listing small = new S3Listing(S3Clients.client(settings), settings.bucket(), "", 7);

        try (Stream<ListedObject> listed = small.objects("batches/", new S3Failures(settings.bucket()))) {
            assertThat(listed.map(ListedObject::key)).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Test
    void endsUploadsInPartsThatNeverEnded() {
        server.beginUpload(settings.bucket(), "batches/B1/huge.jpg");

        assertThat(store.sweepUnfinished(Duration.ofHours(1))).isZero();
        assertThat(server.unfinishedUploads(settings.bucket())).isEqualTo(1);
        assertThat(store.sweepUnfinished(Duration.ofSeconds(-5))).isEqualTo(1);
        assertThat(server.unfinishedUploads(settings.bucket())).isZero();
    }
}
