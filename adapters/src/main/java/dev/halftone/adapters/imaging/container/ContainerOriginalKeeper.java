package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.engine.OriginalKeeper;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.MetadataPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Keeps an original and cuts out what the metadata policy forbids, segment by segment. Where nothing has to
/// go, the very same array comes back. The pixels of a kept file stay turned as they are, so an orientation
/// stays too, alone in a minimal EXIF block. Never larger than the source, never throws: a file that can't
/// be walked is returned as it came (an engine has refused it before). Stateless and thread-safe.
public final class ContainerOriginalKeeper implements OriginalKeeper {
    /// Chunks that change how a PNG looks; all other ancillary chunks are metadata.
    private static final List<String> PNG_PICTURE = List.of(
            "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD", "hIST", "sPLT", "pHYs",
            "acTL", "fcTL", "fdAT");

    @Override
    public EncodedImage keep(SourceImage source, PixelSize shown, MetadataPolicy policy) {
        return EncodedImage.of(source.format(), bytes(source, policy), shown);
    }

    private static byte[] bytes(SourceImage source, MetadataPolicy policy) {
        try {
            byte[] cut = policy == MetadataPolicy.KEEP ? withoutTail(source) : cut(source, policy);
            boolean larger = cut.length > source.bytes().length;
            return larger || Arrays.equals(cut, source.bytes()) ? source.bytes() : cut;
        } catch (HalftoneException | IndexOutOfBoundsException unwalkable) {
            return source.bytes();
        }
    }

    /// What stands behind a picture's end is no metadata, and may be a page or a program.
    private static byte[] withoutTail(SourceImage source) {
        byte[] bytes = source.bytes();
        int end = switch (source.format()) {
            case JPEG -> endOfJpeg(JpegFile.parse(bytes));
            case PNG -> PngFile.parse(bytes).chunks().getLast().end();
            case WEBP -> WebpFile.parse(bytes).end();
            case GIF -> GifFile.parse(bytes).end();
            case BMP, TIFF, ICO, AVIF, HEIC, JXL, JP2, PSD, SVG -> bytes.length;
        };
        return end < bytes.length ? Arrays.copyOf(bytes, end) : bytes;
    }

    /// The further pictures that a multi-picture file announces (CIPA DC-007), such as a gain map, belong to
    /// it.
    private static int endOfJpeg(JpegFile file) {
        byte[] bytes = file.bytes();
        int end = file.end();
        boolean another = end + 1 < bytes.length && bytes[end] == (byte) 0xff && bytes[end + 1] == (byte) 0xd8;
        return another && file.announcesMore() ? bytes.length : end;
    }

    private static byte[] cut(SourceImage source, MetadataPolicy policy) {
        byte[] bytes = source.bytes();
        return switch (source.format()) {
            case JPEG -> cutJpeg(JpegFile.parse(bytes), policy);
            case PNG -> cutPng(PngFile.parse(bytes), policy);
            case WEBP -> cutWebp(WebpFile.parse(bytes), policy);
            case GIF -> GifFile.parse(bytes).withoutMetadata();
            case TIFF -> TiffCut.cut(TiffFile.parse(bytes), policy);
            case AVIF, HEIC -> HeifFile.parse(bytes).under(policy);
            case BMP, ICO, JXL, JP2, PSD, SVG -> bytes;
        };
    }

    private static byte[] cutJpeg(JpegFile file, MetadataPolicy policy) {
        byte[] inserted = remaining(file.exif(), policy)
                .map(block -> JpegSegments.app(1, JpegSegments.EXIF, block))
                .orElse(new byte[0]);
        return file.rewritten(file::isPicture, inserted);
    }

    private static byte[] cutPng(PngFile file, MetadataPolicy policy) {
        byte[] inserted = remaining(file.exif(), policy)
                .map(block -> PngFile.chunk("eXIf", block))
                .orElse(new byte[0]);
        return file.rewritten(chunk -> chunk.isCritical() || PNG_PICTURE.contains(chunk.type()), inserted);
    }

    private static byte[] cutWebp(WebpFile file, MetadataPolicy policy) {
        if (!file.carriesMore()) {
            return file.bytes();
        }
        return file.withMetadata(
                new Metadata(remaining(file.exif(), policy), Optional.empty(), Optional.empty(), List.of()));
    }

    /// What stays of an EXIF block: the orientation, and by policy the copyright.
    private static Optional<byte[]> remaining(Optional<byte[]> block, MetadataPolicy policy) {
        return block.flatMap(bytes -> {
            Exif exif = Exif.of(bytes);
            int orientation = exif.orientation();
            if (policy == MetadataPolicy.COPYRIGHT) {
                return exif.copyrightOnly(orientation);
            }
            return orientation == 1 ? Optional.empty() : Optional.of(Exif.orientationOnly(orientation));
        });
    }
}
