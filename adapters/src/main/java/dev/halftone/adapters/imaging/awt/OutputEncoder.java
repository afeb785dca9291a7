package dev.halftone.adapters.imaging.awt;

import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngCompressor;
import dev.halftone.domain.pipeline.MetadataPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/// Encodes an upright picture with the profile and the metadata that go out with it.
final class OutputEncoder {
    private OutputEncoder() {}

    /// @param untouched whether the samples are still those of the source, so that its quantisation counts
    static byte[] jpeg(Decoded decoded, boolean untouched, int quality, Metadata metadata, Deadline deadline)
            throws IOException {
        Decoded flat = decoded.with(decoded.picture().onWhite());
        Decoded ready = withFittingProfile(inSrgbTones(flat), true, deadline);
        Picture picture =
                ready.profile().isPresent() ? ready.picture() : ready.picture().greyIfGrey();
        JpegEncoder.Tables tables = JpegEncoder.Tables.of(quality);
        if (untouched && ready.jpeg().isPresent()) {
            tables = tables.overSource(ready.jpeg().get());
        }
        byte[] segments = JpegSegments.of(ready.profile().map(ColourProfile::bytes), metadata);
        return JpegEncoder.encode(picture, tables, segments, deadline);
    }

    /// @param worth what a palette has to stay under, in bytes
    static byte[] png(Decoded decoded, int quality, int worth, Metadata metadata, Deadline deadline) {
        Decoded ready = withFittingProfile(decoded, true, deadline);
        ByteArrayOutputStream ancillary = new ByteArrayOutputStream();
        ready.profile().ifPresent(profile -> ancillary.writeBytes(iccChunk(profile.bytes())));
        ancillary.writeBytes(ready.tone().chunks());
        ancillary.writeBytes(PngFile.chunksOf(metadata));
        boolean colour = ready.profile().filter(profile -> !profile.grey()).isPresent();
        return PngCompressor.compress(ready.picture(), quality, colour, worth, ancillary.toByteArray(), deadline);
    }

    static byte[] webp(Decoded decoded, int quality, Metadata metadata, Deadline deadline) throws IOException {
        Decoded ready = withFittingProfile(inSrgbTones(decoded), false, deadline);
        byte[] encoded = WebpCodec.encode(ready.picture(), quality, deadline);
        return WebpFile.assembled(encoded, ready.profile().map(ColourProfile::bytes), metadata);
    }

    private static Decoded inSrgbTones(Decoded decoded) {
        return decoded.tone().isSrgb() ? decoded : decoded.inSrgb(decoded.tone().toSrgb(decoded.picture()));
    }

    /// A small profile for what the output will be goes with it; any other that fits the picture is applied;
    /// one that does not fit (RGB on grey) means nothing.
    private static Decoded withFittingProfile(Decoded decoded, boolean greyFiles, Deadline deadline) {
        if (decoded.profile().isEmpty()) {
            return decoded;
        }
        ColourProfile profile = decoded.profile().get();
        boolean grey = decoded.picture() instanceof Picture.Grey;
        boolean fits = profile.grey() ? grey || decoded.picture().isNeutral() : !grey;
        if (!fits) {
            return decoded.inSrgb(decoded.picture());
        }
        boolean stays = profile.isSmall() && profile.grey() == grey && (!grey || greyFiles);
        return stays ? decoded : decoded.inSrgb(profile.toSrgb(decoded.picture(), deadline));
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
    static Metadata metadata(Decoded decoded, MetadataPolicy policy, boolean sameFormat) {
        Metadata allowed = decoded.metadata().under(policy);
        return sameFormat ? allowed : allowed.portable();
    }
}
