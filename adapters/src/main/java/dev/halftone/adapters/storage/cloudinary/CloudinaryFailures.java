package dev.halftone.adapters.storage.cloudinary;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.io.IOException;
import java.util.Optional;

/// Tells what went wrong with Cloudinary in the product's words.
final class CloudinaryFailures {
    private CloudinaryFailures() {}

    /// @param operation a verb, such as `upload`
    static HalftoneException of(IOException thrown, String operation) {
        if (!(thrown instanceof CloudinaryRefused refused)) {
            return HalftoneException.of(
                    FailureCode.STORAGE_UNAVAILABLE, "Cloudinary, " + operation + ": no answer came", thrown);
        }
        boolean full = refused.status() == 507 || isOverThePlan(refused);
        return new HalftoneException(
                new Failure(
                        full ? FailureCode.STORAGE_FULL : FailureCode.STORAGE_UNAVAILABLE,
                        "Cloudinary refused " + operation + ": " + refused.status() + " " + refused.getMessage(),
                        refused.passes(),
                        Optional.empty()),
                thrown);
    }

    static HalftoneException nameTooLong(AssetName name) {
        return new HalftoneException(new Failure(
                FailureCode.STORAGE_UNAVAILABLE,
                "the public id has " + name.publicId().length() + " characters, Cloudinary takes 255",
                false,
                Optional.empty()));
    }

    /// Plans limit the bytes and pixels of a file.
    private static boolean isOverThePlan(CloudinaryRefused refused) {
        return refused.status() == 400 && String.valueOf(refused.getMessage()).contains("too large");
    }
}
