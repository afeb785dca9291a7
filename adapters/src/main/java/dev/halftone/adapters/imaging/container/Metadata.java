package dev.halftone.adapters.imaging.container;

import dev.halftone.domain.pipeline.MetadataPolicy;
import java.util.List;
import java.util.Optional;

/// Metadata blocks of a file, without the wrapping of their container.
///
/// @param exif a TIFF structure, without the `Exif` signature that JPEG puts before it
/// @param xmp an XMP packet
/// @param iptc a Photoshop resource block (JPEG APP13)
/// @param own blocks that only the source's own format knows: JPEG comments, whole PNG text chunks
public record Metadata(Optional<byte[]> exif, Optional<byte[]> xmp, Optional<byte[]> iptc, List<byte[]> own) {

    public static final Metadata NONE = new Metadata(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Metadata {
        own = List.copyOf(own);
    }

    public boolean isEmpty() {
        return exif.isEmpty() && xmp.isEmpty() && iptc.isEmpty() && own.isEmpty();
    }

    /// What of it goes out with a picture whose pixels were turned upright.
    public Metadata under(MetadataPolicy policy) {
        return switch (policy) {
            case STRIP -> NONE;
            case COPYRIGHT ->
                exif.flatMap(block -> Exif.of(block).copyrightOnly(1))
                        .map(block -> new Metadata(Optional.of(block), Optional.empty(), Optional.empty(), List.of()))
                        .orElse(NONE);
            case KEEP -> new Metadata(exif.map(block -> Exif.of(block).upright()), xmp.map(Xmp::upright), iptc, own);
        };
    }

    /// What of it goes out with a picture whose pixels stay as they lie, so that the orientation has to be said.
    public Metadata underUnturned(MetadataPolicy policy) {
        return switch (policy) {
            case STRIP ->
                withExif(exif.map(block -> Exif.orientationOnly(Exif.of(block).orientation())));
            case COPYRIGHT ->
                withExif(exif.flatMap(block -> {
                    Exif read = Exif.of(block);
                    return read.copyrightOnly(read.orientation())
                            .or(() -> Optional.of(Exif.orientationOnly(read.orientation())));
                }));
            case KEEP -> this;
        };
    }

    private static Metadata withExif(Optional<byte[]> block) {
        return new Metadata(block, Optional.empty(), Optional.empty(), List.of());
    }

    /// The same without the blocks that another format has no place for.
    public Metadata portable() {
        return new Metadata(exif, xmp, Optional.empty(), List.of());
    }
}
