package dev.halftone.adapters.http.page;

import dev.halftone.domain.image.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/// The pages' own files. Their addresses carry their content's hash, so that a browser may keep them for good.
public final class Assets {
    private final Asset stylesheet;
    private final Asset icon;

    private Assets(Asset stylesheet, Asset icon) {
        this.stylesheet = stylesheet;
        this.icon = icon;
    }

    /// One file. The array is shared, never changed.
    @SuppressWarnings("ArrayRecordComponent")
    public record Asset(String path, String mediaType, byte[] bytes) {}

    /// @throws IllegalStateException when the files are missing from the class path
    public static Assets load() {
        return new Assets(load("halftone", "css", "text/css; charset=utf-8"), load("icon", "svg", "image/svg+xml"));
    }

    private static Asset load(String name, String extension, String mediaType) {
        String resource = name + "." + extension;
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: " + resource);
            }
            byte[] bytes = in.readAllBytes();
            String hash = ContentHash.of(bytes).hex().substring(0, 12);
            return new Asset("/assets/" + name + "-" + hash + "." + extension, mediaType, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String stylesheet() {
        return stylesheet.path();
    }

    String icon() {
        return icon.path();
    }

    public Optional<Asset> find(String path) {
        return Optional.ofNullable(
                Map.of(stylesheet.path(), stylesheet, icon.path(), icon).get(path));
    }
}
