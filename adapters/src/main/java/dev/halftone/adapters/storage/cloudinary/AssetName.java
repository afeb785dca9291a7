package dev.halftone.adapters.storage.cloudinary;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.storage.ObjectKey;
import java.util.Arrays;
import java.util.Optional;

/// How Cloudinary calls an object. A picture is an `image`, whose public id has no extension: the id alone
/// would be the same for `a.jpg` and `a.png`, so it begins with the extension (`jpg/a`). Everything else is
/// `raw` and `private`, uploaded images too: nobody fetches it without a signature.
///
/// @param extension of a picture, without the dot
record AssetName(String publicId, Optional<String> extension) {
    /// Cloudinary's limit.
    private static final int LONGEST = 255;

    static AssetName of(ObjectKey key, String folder) {
        String name = key.value();
        int dot = name.lastIndexOf('.');
        String before = folder.isEmpty() ? "" : folder + "/";
        if (dot > name.lastIndexOf('/') && isPicture(name.substring(dot + 1)) && !isUpload(name)) {
            String extension = name.substring(dot + 1);
            return new AssetName(before + extension + "/" + name.substring(0, dot), Optional.of(extension));
        }
        return new AssetName(before + name, Optional.empty());
    }

    /// The object that an asset is; empty for one that is none of ours.
    static Optional<ObjectKey> keyOf(String publicId, boolean picture, String folder) {
        String before = folder.isEmpty() ? "" : folder + "/";
        if (!publicId.startsWith(before)) {
            return Optional.empty();
        }
        String name = publicId.substring(before.length());
        if (!picture) {
            return ObjectKey.parse(name);
        }
        int slash = name.indexOf('/');
        return slash > 0 && isPicture(name.substring(0, slash))
                ? ObjectKey.parse(name.substring(slash + 1) + "." + name.substring(0, slash))
                : Optional.empty();
    }

    String resourceType() {
        return extension.isPresent() ? "image" : "raw";
    }

    String type() {
        return extension.isPresent() ? "upload" : "private";
    }

    boolean isTooLong() {
        return publicId.length() > LONGEST;
    }

    /// Below the address of delivery. `v1` stands where a version goes: without one the first folder could be
    /// taken for a transformation.
    String path() {
        return "/" + resourceType() + "/" + type() + "/v1/" + publicId
                + extension.map(found -> "." + found).orElse("");
    }

    /// An image as somebody uploaded it, with where and by whom it was taken: nobody but us reads it.
    private static boolean isUpload(String name) {
        return name.matches("assets/[^/]+/source\\.[^/]+");
    }

    private static boolean isPicture(String extension) {
        return Arrays.stream(ImageFormat.values())
                .anyMatch(format -> format.extension().equals(extension));
    }
}
