package dev.halftone.adapters.storage.cloudinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.storage.cloudinary.LoopbackCloudinary.Fault;
import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.storage.ListedObject;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.ObjectStoreContract;
import dev.halftone.domain.storage.StoreUnusable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudinaryObjectStoreTest extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("batches/B1/000001-000.jpg");
    private static final byte[] PICTURE = {1, 2, 3, 4};

    private LoopbackCloudinary cloudinary;
    private CloudinaryObjectStore store;

    @BeforeEach
    void open() throws IOException {
        cloudinary = new LoopbackCloudinary();
        store = new CloudinaryObjectStore(cloudinary.settings(), InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
        cloudinary.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Test
    void keepsPicturesAsImagesAndTheRestAsPrivateFiles() {
        store.put(KEY, PICTURE, "image/jpeg");
        store.put(new ObjectKey("uploads/B1.csv"), PICTURE, "text/csv");

        assertThat(cloudinary.assets())
                .containsOnlyKeys("image/upload/jpg/batches/B1/000001-000", "raw/private/uploads/B1.csv");
        assertThat(cloudinary.parameters("image/upload/jpg/batches/B1/000001-000"))
                .containsEntry("overwrite", "true")
                .containsEntry("invalidate", "true");
    }

    @Test
    void letsTheWorldSeeWhatWasMadeOfAnImageAndNotTheImageAsItCame() throws IOException {
        ObjectKey came = new ObjectKey("assets/4f2k/source.jpg");
        ObjectKey made = new ObjectKey("assets/4f2k/" + "0".repeat(64) + ".jpg");
        store.put(came, PICTURE, "image/jpeg");
        store.put(made, PICTURE, "image/jpeg");

        assertThat(cloudinary.assets())
                .containsOnlyKeys(
                        "raw/private/assets/4f2k/source.jpg", "image/upload/jpg/assets/4f2k/" + "0".repeat(64));
        assertThat(read(came)).isEqualTo(PICTURE);
        try (var listed = store.list("assets/")) {
            assertThat(listed.map(ListedObject::key)).containsExactlyInAnyOrder(came, made);
        }
    }

    @Test
    void tellsPicturesApartThatDifferInTheirFormatAlone() throws IOException {
        ObjectKey png = new ObjectKey("batches/B1/000001-000.png");
        store.put(KEY, PICTURE, "image/jpeg");
        store.put(png, new byte[] {9}, "image/png");

        assertThat(read(KEY)).isEqualTo(PICTURE);
        store.delete(KEY);
        assertThat(read(png)).containsExactly(9);
    }

    @Test
    void namesTheAddressUnderWhichThePictureIsDelivered() throws Exception {
        store.put(KEY, PICTURE, "image/jpeg");
        URI address = store.publicUrl(KEY);

        assertThat(address.getPath()).isEqualTo("/shop/image/upload/v1/jpg/" + KEY);
        try (HttpClient anybody = HttpClient.newHttpClient()) {
            assertThat(anybody.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .isEqualTo(PICTURE);
        }
        assertThat(CloudinarySettings.deliveryOf("shop")).isEqualTo(URI.create("https://res.cloudinary.com/shop"));
    }

    @Test
    void keepsItsAssetsInTheFolder() throws IOException {
        CloudinarySettings plain = cloudinary.settings();
        CloudinarySettings below =
                new CloudinarySettings(plain.cloud(), plain.credentials(), "shop/eu", plain.api(), plain.delivery());
        try (CloudinaryObjectStore other = new CloudinaryObjectStore(below, InstantSource.system())) {
            other.put(KEY, PICTURE, "image/jpeg");

            assertThat(cloudinary.assets()).containsOnlyKeys("image/upload/shop/eu/jpg/batches/B1/000001-000");
            assertThat(store.open(KEY)).isEmpty();
        }
    }

    @Test
    void readsWhatComesWithoutALength() throws IOException {
        cloudinary.hideLengths();
        store.put(KEY, PICTURE, "image/jpeg");

        try (var object = store.open(KEY).orElseThrow()) {
            assertThat(object.bytes()).isEqualTo(4);
            assertThat(object.content().readAllBytes()).isEqualTo(PICTURE);
        }
    }

    @Test
    void refusesANameThatCloudinaryWouldNot() {
        ObjectKey longest = new ObjectKey(("d".repeat(100) + "/").repeat(2) + "n".repeat(100) + ".jpg");

        assertThatThrownBy(() -> store.put(longest, PICTURE, "image/jpeg"))
                .hasMessageContaining("306 characters, Cloudinary takes 255");
    }

    @Test
    void tellsARefusedSecretWithoutShowingIt() {
        try (CloudinaryObjectStore refused = new CloudinaryObjectStore(wrongSecret(), InstantSource.system())) {
            assertThatExceptionOfType(HalftoneException.class)
                    .isThrownBy(() -> refused.put(KEY, PICTURE, "image/jpeg"))
                    .satisfies(e -> {
                        assertThat(e.failure().code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
                        assertThat(e.failure().retryable()).isFalse();
                        assertThat(e.failure().detail())
                                .startsWith("Cloudinary refused upload: 401 Invalid Signature.")
                                .doesNotContain("not-the-secret");
                    });
            assertThatExceptionOfType(HalftoneException.class).isThrownBy(() -> refused.open(KEY));
            assertThatExceptionOfType(HalftoneException.class).isThrownBy(() -> refused.delete(KEY));
        }
        assertThat(cloudinary.assets()).isEmpty();
    }

    @Test
    void overcomesAFailureAndALostAnswer() throws IOException {
        cloudinary.spoil(new Fault(500, "oops", false));
        cloudinary.spoil(new Fault(500, "oops", true));
        store.put(KEY, PICTURE, "image/jpeg");

        assertThat(cloudinary.requests()).hasSize(3);
        assertThat(cloudinary.assets()).hasSize(1);
        assertThat(read(KEY)).isEqualTo(PICTURE);
    }

    @Test
    void saysThatARateLimitPassesAndAPlansLimitDoesNot() {
        cloudinary.spoil(new Fault(420, "Rate Limit Exceeded", false));
        Failure limited = failureOfPut();
        assertThat(limited.code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
        assertThat(limited.retryable()).isTrue();
        assertThat(limited.detail()).isEqualTo("Cloudinary refused upload: 420 Rate Limit Exceeded");

        cloudinary.spoil(new Fault(400, "File size too large. Got 11534336. Maximum is 10485760.", false));
        Failure large = failureOfPut();
        assertThat(large.code()).isEqualTo(FailureCode.STORAGE_FULL);
        assertThat(large.retryable()).isFalse();
        assertThat(cloudinary.requests()).hasSize(2);
    }

    @Test
    void saysThatSilencePasses() {
        cloudinary.close();

        assertThat(failureOfPut()).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
            assertThat(failure.retryable()).isTrue();
        });
    }

    @Test
    void checksThatItCanDoWhatItWillDo() {
        store.check();

        assertThat(cloudinary.requests()).hasSize(3);
        assertThat(cloudinary.assets()).isEmpty();
    }

    @Test
    void saysWhatToDoAboutAWrongSecretOrCloud() {
        CloudinarySettings plain = cloudinary.settings();
        assertUnusable(wrongSecret(), "401", "HALFTONE_CLOUDINARY_API_SECRET");
        assertUnusable(
                new CloudinarySettings("elsewhere", plain.credentials(), "", plain.api(), plain.delivery()),
                "404",
                "in elsewhere",
                "HALFTONE_CLOUDINARY_CLOUD");
    }

    private static void assertUnusable(CloudinarySettings settings, String... words) {
        try (CloudinaryObjectStore store = new CloudinaryObjectStore(settings, InstantSource.system())) {
            assertThatExceptionOfType(StoreUnusable.class)
                    .isThrownBy(store::check)
                    .satisfies(e -> assertThat(e.getMessage())
                            .contains(words)
                            .contains("upload a file")
                            .doesNotContain("not-the-secret"));
        }
    }

    private Failure failureOfPut() {
        try {
            store.put(KEY, PICTURE, "image/jpeg");
            throw new AssertionError("the put succeeded");
        } catch (HalftoneException e) {
            return e.failure();
        }
    }

    private CloudinarySettings wrongSecret() {
        CloudinarySettings plain = cloudinary.settings();
        return new CloudinarySettings(
                plain.cloud(),
                new CloudinarySettings.Credentials(LoopbackCloudinary.KEYS.apiKey(), "not-the-secret"),
                "",
                plain.api(),
                plain.delivery());
    }
}
