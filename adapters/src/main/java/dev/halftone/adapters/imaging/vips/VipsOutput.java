package dev.halftone.adapters.imaging.vips;

import dev.halftone.adapters.imaging.container.JpegSegments;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.png.PngCompressor;
import dev.halftone.adapters.imaging.png.PngEncoder;
import dev.halftone.adapters.imaging.vips.binding.LibVips;
import dev.halftone.adapters.imaging.vips.binding.VipsImage;
import dev.halftone.adapters.imaging.vips.binding.VipsWork;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Effort;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Writes plain, upright pictures as files, with the metadata that goes out. The source's is taken off the
/// picture first: libvips 8.14 writes EXIF and XMP into WebP though it was told to strip. PNG is packed by our
/// own compressor.
final class VipsOutput {
    private static final int JPEG_HEAD = 2;

    /// Signature and IHDR.
    private static final int PNG_HEAD = 8 + 25;

    /// AVIF's usual effort of 4 takes 1.2 to 1.7 s a megapixel and can't be stopped halfway; 2 takes a fifth of that
    /// for as many bytes, give or take 10 %.
    private static final long PATIENT_PIXELS = 8_000_000;

    private final VipsWork work;
    private final Map<String, Object> bare;
    private final Compression compression;
    private final Deadline deadline;

    VipsOutput(VipsWork work, LibVips vips, Compression compression, Deadline deadline) {
        this.work = work;
        this.bare = vips.knowsKeep() ? Map.of("keep", "none") : Map.of("strip", true);
        this.compression = compression;
        this.deadline = deadline;
    }

    private boolean thorough() {
        return compression.encoding().effort() == Effort.BEST;
    }

    private byte[] bare(String saver, VipsImage image, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.putAll(bare);
        return work.save(saver, image.bare(), all);
    }

    byte[] jpeg(VipsImage image, int quality, Metadata metadata) {
        byte[] file = bare(
                "jpegsave_buffer",
                image.hasAlpha() ? image.with("flatten", Map.of("background", "255")) : image,
                Map.of(
                        "Q",
                        quality,
                        "optimize_coding",
                        true,
                        "interlace",
                        compression.encoding().progressive(),
                        "subsample_mode",
                        "on"));
        return withSegments(file, JpegSegments.of(Optional.empty(), metadata));
    }

    /// Behind the JFIF header, where there is one.
    private static byte[] withSegments(byte[] file, byte[] segments) {
        boolean jfif = (file[JPEG_HEAD + 1] & 255) == 0xe0;
        int at = JPEG_HEAD + (jfif ? 2 + ((file[JPEG_HEAD + 2] & 255) << 8 | file[JPEG_HEAD + 3] & 255) : 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + segments.length);
        out.write(file, 0, at);
        out.writeBytes(segments);
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }

    byte[] webp(VipsImage image, int quality, Metadata metadata) {
        return WebpFile.assembled(
                bare("webpsave_buffer", image, Map.of("Q", quality, "effort", thorough() ? 6 : 4)),
                Optional.empty(),
                metadata);
    }

    byte[] webpExactly(VipsImage image, Metadata metadata) {
        return WebpFile.assembled(
                bare("webpsave_buffer", image, Map.of("lossless", true, "Q", 75, "effort", thorough() ? 6 : 4)),
                Optional.empty(),
                metadata);
    }

    byte[] png(VipsImage image, int quality, Metadata metadata) {
        return PngCompressor.compress(
                Pictures.of(image),
                quality,
                false,
                Integer.MAX_VALUE,
                thorough(),
                PngFile.chunksOf(metadata),
                deadline);
    }

    byte[] pngExactly(VipsImage image, Metadata metadata) {
        return PngEncoder.exact(Pictures.of(image), false, thorough(), PngFile.chunksOf(metadata), deadline);
    }

    /// For another engine to read: packed by libvips, fast rather than small.
    byte[] lightPng(VipsImage image, Metadata metadata) {
        byte[] file = bare("pngsave_buffer", image, Map.of("compression", 1, "filter", "sub"));
        byte[] chunks = PngFile.chunksOf(metadata);
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + chunks.length);
        out.write(file, 0, PNG_HEAD);
        out.writeBytes(chunks);
        out.write(file, PNG_HEAD, file.length - PNG_HEAD);
        return out.toByteArray();
    }

    byte[] avif(VipsImage image, int quality, Metadata metadata) {
        return avif(image, Map.of("Q", quality), metadata);
    }

    byte[] avifExactly(VipsImage image, Metadata metadata) {
        return avif(image, Map.of("lossless", true, "subsample_mode", "off"), metadata);
    }

    private byte[] avif(VipsImage image, Map<String, Object> how, Metadata metadata) {
        Map<String, Object> options = new HashMap<>(how);
        options.put("compression", "av1");
        boolean patient = thorough() && image.size().pixels() <= PATIENT_PIXELS;
        options.put("effort", patient ? 4 : 2);
        options.put("bitdepth", 8);
        if (metadata.isEmpty()) {
            return bare("heifsave_buffer", image, options);
        }
        VipsImage told = image.bare();
        if (metadata.exif().isPresent()) {
            byte[] exif = metadata.exif().get();
            byte[] signed = new byte[6 + exif.length];
            System.arraycopy(new byte[] {'E', 'x', 'i', 'f', 0, 0}, 0, signed, 0, 6);
            System.arraycopy(exif, 0, signed, 6, exif.length);
            told = told.withBlock("exif-data", signed);
        }
        if (metadata.xmp().isPresent()) {
            told = told.withBlock("xmp-data", metadata.xmp().get());
        }
        return work.save("heifsave_buffer", told, options);
    }
}
