package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.search.QualityLadder;
import java.io.IOException;
import java.util.Optional;

/// As WebP.
///
/// @param method libwebp's effort, 0 to 6
record WebpDraft(Picture picture, Optional<ColourProfile> profile, Metadata metadata, int method, Deadline deadline)
        implements Draft {

    @Override
    public byte[] at(int quality) throws IOException {
        return ladder().at(quality);
    }

    @Override
    public QualityLadder ladder() {
        return quality -> assembled(WebpCodec.encode(picture, quality, method, deadline));
    }

    @Override
    public Finest finest() throws IOException {
        return new Finest(assembled(WebpCodec.encodeExactly(picture, method, deadline)), true);
    }

    private byte[] assembled(byte[] encoded) {
        return WebpFile.assembled(encoded, profile.map(ColourProfile::bytes), metadata);
    }

    @Override
    public Picture decoded(byte[] encoded) throws IOException {
        return WebpCodec.decode(encoded, deadline);
    }
}
