package dev.halftone.adapters.imaging.vips;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.halftone.adapters.imaging.vips.binding.VipsException;
import dev.halftone.adapters.imaging.vips.binding.VipsImage;
import dev.halftone.adapters.imaging.vips.binding.VipsImage.Meaning;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Brings pictures to what every step works on: sRGB or plain grey, 8 bits a sample, with or without alpha.
final class VipsColours {
    static final String PROFILE = "icc-profile-data";

    private final VipsWork work;

    VipsColours(VipsWork work) {
        this.work = work;
    }

    /// @return empty for inks, and for samples that are none of a photo: floating point, laboratory colours
    Optional<VipsImage> plain(VipsImage image) {
        return switch (image.meaning()) {
            case SRGB, RGB16 -> Optional.of(bytes(profiled(image, "RGB "), "srgb"));
            case GREY, GREY16 -> Optional.of(grey(image));
            case CMYK, OTHER -> Optional.empty();
        };
    }

    /// A profile that is damaged or for other colours means nothing.
    ///
    /// @param space the profile's colours (ICC.1:2022, 7.2.6)
    private static VipsImage profiled(VipsImage image, String space) {
        boolean fits = image.block(PROFILE)
                .filter(profile -> profile.length > 128 && new String(profile, 16, 4, ISO_8859_1).equals(space))
                .isPresent();
        if (!fits) {
            return image;
        }
        try {
            return image.with(
                    "icc_transform",
                    Map.of(
                            "output_profile",
                            "srgb",
                            "embedded",
                            true,
                            "intent",
                            "perceptual",
                            "black_point_compensation",
                            true));
        } catch (VipsException unusable) {
            return image;
        }
    }

    /// Grey stays grey, through a profile too.
    private VipsImage grey(VipsImage image) {
        VipsImage seen = profiled(image, "GRAY");
        return seen.meaning() == Meaning.SRGB
                ? colourOnly(seen, colours -> as(colours.with("extract_band", Map.of("band", 1)), "b-w"))
                : bytes(seen, "b-w");
    }

    private static VipsImage bytes(VipsImage image, String space) {
        return image.isBytes() ? image : image.with("colourspace", Map.of("space", space));
    }

    private static VipsImage as(VipsImage image, String interpretation) {
        return image.with("copy", Map.of("interpretation", interpretation));
    }

    /// With three colour bands, whatever it had.
    VipsImage colour(VipsImage image) {
        return image.meaning() == Meaning.GREY ? image.with("colourspace", Map.of("space", "srgb")) : image;
    }

    VipsImage withAlpha(VipsImage image) {
        return image.hasAlpha() ? image : image.with("bandjoin_const", Map.of("c", "255"));
    }

    /// Luma by ITU-R BT.709, in one band.
    VipsImage luma(VipsImage image) {
        if (image.meaning() == Meaning.GREY) {
            return image;
        }
        VipsImage weights = work.matrix(3, 1, 0.2126, 0.7152, 0.0722);
        return colourOnly(image, colours -> as(rounded(colours.with("recomb", Map.of("m", weights))), "b-w"));
    }

    /// Runs a step on the colour bands and leaves alpha as it is.
    VipsImage colourOnly(VipsImage image, UnaryOperator<VipsImage> step) {
        if (!image.hasAlpha()) {
            return step.apply(image);
        }
        // Both halves are read, each at its own pace.
        VipsImage whole = image.inMemory();
        int alpha = whole.bands() - 1;
        VipsImage colours = step.apply(whole.with("extract_band", Map.of("band", 0, "n", alpha)));
        return work.run(
                "bandjoin", "in", List.of(colours, whole.with("extract_band", Map.of("band", alpha))), Map.of());
    }

    /// Runs a step that mixes neighbours, with colours weighted by their alpha.
    VipsImage mixing(VipsImage image, UnaryOperator<VipsImage> step) {
        if (!image.hasAlpha()) {
            return step.apply(image);
        }
        boolean bytes = image.isBytes();
        VipsImage mixed = step.apply(image.with("premultiply", Map.of())).with("unpremultiply", Map.of());
        return bytes ? rounded(mixed) : mixed.with("cast", Map.of("format", "ushort"));
    }

    /// Floating point samples as bytes: casting alone cuts.
    static VipsImage rounded(VipsImage image) {
        return image.with("round", Map.of("round", "rint")).with("cast", Map.of("format", "uchar"));
    }
}
