package dev.halftone.domain.variant.cached;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.image.ContentHash;
import dev.halftone.domain.source.SourceUrl;
import java.util.regex.Pattern;

/// Names a variant: equal keys stand for equal bytes.
///
/// @param owner the source it is made from, as a file name
/// @param transform in canonical form, with the edition of the engines that make it
public record VariantKey(String owner, String transform) {
    private static final Pattern OWNER = Pattern.compile("[a-z0-9-]{1,64}");

    public VariantKey {
        if (!OWNER.matcher(owner).matches()) {
            throw new IllegalArgumentException("not an owner of variants: " + owner);
        }
    }

    public static String ownerOf(AssetId asset) {
        return asset.toString();
    }

    public static String ownerOf(SourceUrl remote) {
        String hash = ContentHash.of(remote.toString().getBytes(UTF_8)).hex();
        return "remote-" + hash.substring(0, 40);
    }

    /// The whole key in 64 hexadecimal digits.
    public String digest() {
        return ContentHash.of((owner + "\n" + transform).getBytes(UTF_8)).hex();
    }
}
