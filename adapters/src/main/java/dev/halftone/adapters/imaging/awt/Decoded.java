package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.Optional;

/// A source image taken apart.
///
/// @param picture as stored, not yet upright
/// @param profile the colour profile the samples are meant in; sRGB without
/// @param tone what a PNG without profile says of its tones
/// @param jpeg the source's structure, where its samples were quantised as an encoder of ours would
record Decoded(
        Picture picture, Optional<ColourProfile> profile, PngTone tone, Metadata metadata, Optional<JpegFile> jpeg) {

    static Decoded of(Picture picture, Optional<byte[]> icc, Metadata metadata) {
        return new Decoded(picture, icc.flatMap(ColourProfile::of), PngTone.SRGB, metadata, Optional.empty());
    }

    Decoded with(Picture other) {
        return new Decoded(other, profile, tone, metadata, jpeg);
    }

    /// The samples now mean plain sRGB.
    Decoded inSrgb(Picture converted) {
        return new Decoded(converted, Optional.empty(), PngTone.SRGB, metadata, jpeg);
    }

    /// With the tones that a PNG says it has moved to sRGB's.
    Decoded inSrgbTones() {
        return tone.isSrgb() ? this : inSrgb(tone.toSrgb(picture));
    }

    /// Whether the profile, where there is one, is for what the picture is: one for RGB means nothing of grey samples.
    boolean profileFits() {
        boolean grey = picture instanceof Picture.Grey;
        return profile.filter(one -> one.grey() ? grey || picture.isNeutral() : !grey)
                .isPresent();
    }

    /// The picture in sRGB, its tones and profile applied.
    Decoded toSrgb(Deadline deadline) {
        if (profile.isEmpty()) {
            return inSrgbTones();
        }
        return inSrgb(profileFits() ? profile.get().toSrgb(picture, deadline) : picture);
    }
}
