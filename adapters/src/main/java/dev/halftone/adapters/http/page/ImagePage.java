package dev.halftone.adapters.http.page;

import dev.halftone.domain.asset.Asset;
import dev.halftone.domain.asset.ImageFacts;
import dev.halftone.domain.image.PixelSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One uploaded image: what it looks like, what is known of it, and what can be made of it.
///
/// @param path of this page
/// @param preview where the browser gets the picture that is shown
/// @param alt what is said in its place
/// @param withheld how many entries of the metadata may tell who or where somebody is, and are not shown
/// @param ready addresses to copy
/// @param transform the form for an address; null where only such as those that are listed are served
/// @param tried what became of the last try; null before the first
public record ImagePage(
        Layout layout,
        String id,
        String path,
        String title,
        String preview,
        String alt,
        List<Fact> facts,
        List<Colour> colours,
        List<Group> metadata,
        long withheld,
        List<Ready> ready,
        @Nullable Form transform,
        String operations,
        @Nullable Tried tried) {

    /// Something that is known, in words.
    ///
    /// @param code whether it is to be read letter by letter
    public record Fact(String label, String value, boolean code) {}

    public record Colour(String hex, String share) {}

    /// Entries of one directory of the metadata.
    public record Group(String name, List<Fact> entries) {}

    /// An address and what it gives.
    public record Ready(String label, String address) {}

    /// The form that an address is made with.
    ///
    /// @param values the fields as they were sent, by name
    /// @param formats that are written, as addresses name them
    public record Form(Map<String, String> values, List<String> formats) {
        public String value(String name) {
            return values.getOrDefault(name, "");
        }

        public boolean chosen(String name, String word) {
            return value(name).equals(word);
        }
    }

    /// @param good whether there is a result
    /// @param address of the result, to copy; empty for none
    /// @param shown where the browser gets it
    public record Tried(
            boolean good, String title, String detail, String address, String shown, List<Mistake> mistakes) {}

    /// What can be done on this page.
    public record Actions(
            String preview,
            List<Ready> ready,
            @Nullable Form transform,
            String operations,
            @Nullable Tried tried) {}

    public static ImagePage of(Layout layout, Asset asset, ImageFacts facts, Actions actions) {
        PixelSize size = asset.size();
        String title =
                asset.format().wire().toUpperCase(java.util.Locale.ROOT) + ", " + size.width() + " × " + size.height();
        return new ImagePage(
                layout,
                asset.id().toString(),
                "/images/" + asset.id(),
                title,
                actions.preview(),
                "The uploaded image, " + title,
                facts(asset, facts),
                facts.look().stream()
                        .flatMap(look -> look.colours().stream())
                        .map(swatch -> new Colour("#%06x".formatted(swatch.rgb()), Human.percent(100 * swatch.share())))
                        .toList(),
                groups(facts),
                facts.tags().stream().filter(ImageFacts.Tag::personal).count(),
                actions.ready(),
                actions.transform(),
                actions.operations(),
                actions.tried());
    }

    private static List<Fact> facts(Asset asset, ImageFacts facts) {
        List<Fact> all = new ArrayList<>(List.of(
                new Fact("Format", asset.format().mediaType(), false),
                new Fact("Size", asset.size().width() + " × " + asset.size().height() + " pixels", false),
                new Fact("File", Human.bytes(asset.bytes()), false),
                new Fact("Uploaded", Human.time(asset.created()), false)));
        if (facts.frames() > 1) {
            all.add(new Fact("Frames", Human.count(facts.frames()), false));
        }
        all.add(new Fact("SHA-256", asset.hash().hex(), true));
        Optional<ImageFacts.Look> look = facts.look();
        look.ifPresent(seen -> {
            all.add(new Fact("Perceptual hash", seen.hash().wire(), true));
            all.add(new Fact("BlurHash", seen.blurHash(), true));
        });
        return all;
    }

    private static List<Group> groups(ImageFacts facts) {
        Map<String, List<Fact>> groups = new LinkedHashMap<>();
        for (ImageFacts.Tag tag : facts.tags()) {
            if (!tag.personal()) {
                groups.computeIfAbsent(tag.group(), group -> new ArrayList<>())
                        .add(new Fact(tag.name(), tag.value(), false));
            }
        }
        return groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }
}
