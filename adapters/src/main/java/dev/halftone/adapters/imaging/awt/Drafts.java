package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngLadder;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.Deflater;

/// Makes an upright picture ready for a format, with the profile and the metadata that go out with it.
final class Drafts {
    private static final int USUAL_METHOD = 4;
    private static final int BEST_METHOD = 6;

    private final Compression compression;
    private final Deadline deadline;

    Drafts(Compression compression, Deadline deadline) {
        this.compression = compression;
        this.deadline = deadline;
    }

    /// @param format one that is written
    /// @param untouched whether the samples are still those of the source, so that its quantisation counts
    /// @param worth what a PNG's palette has to stay under, in bytes
    Draft in(ImageFormat format, Decoded decoded, boolean untouched, int worth, Metadata metadata) {
        return switch (format) {
            case JPEG -> jpeg(decoded, untouched, metadata);
            case PNG -> png(decoded, worth, metadata);
            case WEBP -> webp(decoded, metadata);
            case GIF, BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG ->
                throw new IllegalArgumentException("not a format that is written");
        };
    }

    private JpegDraft jpeg(Decoded decoded, boolean untouched, Metadata metadata) {
        Decoded flat = decoded.with(decoded.picture().onWhite());
        Decoded ready = withFittingProfile(flat.inSrgbTones(), true);
        Picture picture =
                ready.profile().isPresent() ? ready.picture() : ready.picture().greyIfGrey();
        return new JpegDraft(
                picture,
                untouched ? ready.jpeg() : Optional.empty(),
                compression.encoding().progressive(),
                JpegSegments.of(ready.profile().map(ColourProfile::bytes), metadata),
                deadline);
    }

    private PngDraft png(Decoded decoded, int worth, Metadata metadata) {
        Decoded ready = withFittingProfile(decoded, true);
        ByteArrayOutputStream ancillary = new ByteArrayOutputStream();
        ready.profile().ifPresent(profile -> ancillary.writeBytes(iccChunk(profile.bytes())));
        ancillary.writeBytes(ready.tone().chunks());
        ancillary.writeBytes(PngFile.chunksOf(metadata));
        byte[] chunks = ancillary.toByteArray();
        boolean colour = ready.profile().filter(profile -> !profile.grey()).isPresent();
        boolean palettes = ready.profile().filter(ColourProfile::grey).isEmpty();
        boolean thorough = compression.encoding().effort() == Effort.BEST;
        PngLadder ladder = new PngLadder(ready.picture(), colour, palettes, thorough, chunks, deadline);
        return new PngDraft(ready.picture(), colour, worth, thorough, chunks, ladder, deadline);
    }

    private WebpDraft webp(Decoded decoded, Metadata metadata) {
        Decoded ready = withFittingProfile(decoded.inSrgbTones(), false);
        int method = switch (compression.encoding().effort()) {
            case FAST -> USUAL_METHOD;
            case BEST -> BEST_METHOD;
        };
        return new WebpDraft(ready.picture(), ready.profile(), metadata, method, deadline);
    }

    /// A small profile for what the output will be goes with it, and one of any size where no pixel may change;
    /// any other that fits the picture is applied; one that does not fit (RGB on grey) means nothing.
    private Decoded withFittingProfile(Decoded decoded, boolean greyFiles) {
        if (decoded.profile().isEmpty()) {
            return decoded;
        }
        ColourProfile profile = decoded.profile().get();
        if (!decoded.profileFits()) {
            return decoded.inSrgb(decoded.picture());
        }
        boolean grey = decoded.picture() instanceof Picture.Grey;
        boolean exact = compression.target() instanceof CompressionTarget.Lossless;
        boolean stays = (exact || profile.isSmall()) && profile.grey() == grey && (!grey || greyFiles);
        return stays ? decoded : decoded.toSrgb(deadline);
    }

    private static byte[] iccChunk(byte[] profile) {
        byte[] packed = new byte[profile.length + 64];
        int length;
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(profile);
            deflater.finish();
            length = deflater.deflate(packed);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("icc\0\0".getBytes(StandardCharsets.ISO_8859_1));
        out.write(packed, 0, length);
        return PngFile.chunk("iCCP", out.toByteArray());
    }

    /// What of the source's metadata goes into a file of this format.
    Metadata metadata(Decoded decoded, boolean sameFormat) {
        Metadata allowed = decoded.metadata().under(compression.metadata());
        return sameFormat ? allowed : allowed.portable();
    }
}
