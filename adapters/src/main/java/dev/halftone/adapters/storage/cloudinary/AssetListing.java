package dev.halftone.adapters.storage.cloudinary;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.storage.ListedObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The assets of an environment as objects. A picture's public id begins with its format, so there is a listing
/// for each format and one for what is no picture. An asset's version is the second in which it was put, also
/// where it was put again; `created_at` is not said to move then.
final class AssetListing {
    private final CloudinaryApi api;
    private final String folder;

    /// @param folder stands before every public id; empty for none
    AssetListing(CloudinaryApi api, String folder) {
        this.api = api;
        this.folder = folder;
    }

    /// Flows a page at a time where the stream is walked by `forEach`.
    Stream<ListedObject> objects(String prefix) {
        String before = folder.isEmpty() ? "" : folder + "/";
        Stream<Listing> pictures = Arrays.stream(ImageFormat.values())
                .map(ImageFormat::extension)
                .map(extension -> new Listing(true, before + extension + "/" + stem(prefix, extension)));
        return Stream.concat(pictures, Stream.of(new Listing(false, before + prefix)))
                .<ListedObject>mapMulti(this::walk)
                .filter(object -> object.key().value().startsWith(prefix));
    }

    private record Listing(boolean pictures, String prefix) {}

    private void walk(Listing listing, Consumer<ListedObject> each) {
        Optional<String> after = Optional.empty();
        do {
            CloudinaryApi.Page page = page(listing, after);
            page.assets().forEach(asset -> listed(asset, listing.pictures()).ifPresent(each));
            after = page.next();
        } while (after.isPresent());
    }

    /// Public ids have no extension: a prefix that goes on into it is looked for without.
    private static String stem(String prefix, String extension) {
        for (int length = extension.length() + 1; length > 0; length--) {
            String ending = ("." + extension).substring(0, length);
            if (prefix.endsWith(ending)) {
                return prefix.substring(0, prefix.length() - length);
            }
        }
        return prefix;
    }

    private CloudinaryApi.Page page(Listing listing, Optional<String> after) {
        try {
            return api.list(listing.pictures(), listing.prefix(), after);
        } catch (IOException e) {
            throw CloudinaryFailures.of(e, "list");
        }
    }

    private Optional<ListedObject> listed(Map<?, ?> asset, boolean picture) {
        return AssetName.keyOf(String.valueOf(asset.get("public_id")), picture, folder)
                .map(key -> new ListedObject(
                        key, number(asset.get("bytes")), Instant.ofEpochSecond(number(asset.get("version")))));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
