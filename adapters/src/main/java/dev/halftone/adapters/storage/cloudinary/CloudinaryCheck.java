package dev.halftone.adapters.storage.cloudinary;

import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.StoreUnusable;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// Does once, at the start, what the service will do a thousand times, so that a wrong name or key is told to
/// the operator rather than found by the first image.
final class CloudinaryCheck {
    private static final byte[] CONTENT = "Halftone was here".getBytes(StandardCharsets.UTF_8);

    private final CloudinarySettings settings;
    private final CloudinaryApi api;
    private final AssetDownload download;

    CloudinaryCheck(CloudinarySettings settings, CloudinaryApi api, AssetDownload download) {
        this.settings = settings;
        this.api = api;
        this.download = download;
    }

    void run() {
        AssetName name = AssetName.of(new ObjectKey("halftone-check/" + UUID.randomUUID() + ".txt"), settings.folder());
        step("upload a file", () -> api.upload(name, CONTENT));
        step("read it again", () -> readAgain(name));
        step("delete it", () -> api.destroy(name));
    }

    private void readAgain(AssetName name) throws IOException {
        try (StoredObject read =
                download.open(api.download(name)).orElseThrow(() -> new CloudinaryRefused(404, "it was not there"))) {
            if (!Arrays.equals(read.content().readAllBytes(), CONTENT)) {
                throw new CloudinaryRefused(200, "other bytes came back");
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void step(String doing, Step step) {
        try {
            step.run();
        } catch (CloudinaryRefused refused) {
            throw new StoreUnusable(
                    what(doing) + refused.status() + " " + refused.getMessage() + ". " + advice(refused.status()),
                    refused);
        } catch (IOException silent) {
            throw new StoreUnusable(
                    what(doing)
                            + "no answer came. Check that this machine reaches it, and HALFTONE_CLOUDINARY_API_URL.",
                    silent);
        }
    }

    private String what(String doing) {
        return "HALFTONE_STORAGE is cloudinary, and to " + doing + " in " + settings.cloud() + " at " + settings.api()
                + " failed: ";
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 ->
                "Correct HALFTONE_CLOUDINARY_CLOUD, HALFTONE_CLOUDINARY_API_KEY and HALFTONE_CLOUDINARY_API_SECRET.";
            case 404 -> "Correct HALFTONE_CLOUDINARY_CLOUD.";
            default -> "Look at the environment's settings in Cloudinary's console, or try again later.";
        };
    }
}
