package dev.halftone.adapters.http.json;

import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.FactStore;
import dev.halftone.domain.asset.ImageFacts;
import dev.halftone.domain.asset.ImageFacts.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One uploaded image and what is known of it.
///
/// @param perceptualHash 16 hexadecimal digits; null, as the two after it, where the pixels can't be decoded
///     here
/// @param metadata values by directory and name
/// @param withheld how many entries of the metadata are left out because they may tell who or where somebody is
public record ImageJson(
        String imageId,
        String url,
        String format,
        String mediaType,
        int width,
        int height,
        long bytes,
        String sha256,
        int frames,
        @Nullable String perceptualHash,
        @Nullable String blurHash,
        @Nullable List<Colour> colors,
        Map<String, Map<String, String>> metadata,
        long withheld,
        String createdAt,
        Links.OfImage links) {

    /// @param share of the visible pixels, 0 to 1
    public record Colour(String hex, double share) {}

    /// What an upload is answered with.
    public record Uploaded(String imageId, String url, String format, int width, int height, long bytes) {
        public static Uploaded of(Asset asset, Links links) {
            return new Uploaded(
                    asset.id().toString(),
                    links.shown(asset.id()),
                    asset.format().wire(),
                    asset.size().width(),
                    asset.size().height(),
                    asset.bytes());
        }
    }

    /// Images that look alike, the nearest first.
    ///
    /// @param perceptualHash what they were compared with
    public record Similar(String imageId, String perceptualHash, int distance, List<Near> similar) {

        /// @param distance how many of 64 bits differ
        public record Near(String imageId, String url, String format, int width, int height, long bytes, int distance) {
            public static Near of(FactStore.Similar similar, Links links) {
                Asset asset = similar.asset();
                return new Near(
                        asset.id().toString(),
                        links.shown(asset.id()),
                        asset.format().wire(),
                        asset.size().width(),
                        asset.size().height(),
                        asset.bytes(),
                        similar.distance());
            }
        }
    }

    /// @param personal whether entries that may tell who or where somebody is are shown
    public static ImageJson of(Asset asset, ImageFacts facts, boolean personal, Links links) {
        return new ImageJson(
                asset.id().toString(),
                links.shown(asset.id()),
                asset.format().wire(),
                asset.format().mediaType(),
                asset.size().width(),
                asset.size().height(),
                asset.bytes(),
                asset.hash().hex(),
                facts.frames(),
                facts.look().map(look -> look.hash().wire()).orElse(null),
                facts.look().map(Look::blurHash).orElse(null),
                facts.look().map(ImageJson::colours).orElse(null),
                metadata(facts, personal),
                personal
                        ? 0
                        : facts.tags().stream().filter(ImageFacts.Tag::personal).count(),
                Json.instant(asset.created()),
                links.of(asset.id()));
    }

    private static List<Colour> colours(Look look) {
        return look.colours().stream()
                .map(swatch -> new Colour("#%06x".formatted(swatch.rgb()), Json.rounded(swatch.share(), 3)))
                .toList();
    }

    private static Map<String, Map<String, String>> metadata(ImageFacts facts, boolean personal) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        for (ImageFacts.Tag tag : facts.tags()) {
            if (personal || !tag.personal()) {
                groups.computeIfAbsent(tag.group(), group -> new LinkedHashMap<>())
                        .putIfAbsent(tag.name(), tag.value());
            }
        }
        return groups;
    }
}
