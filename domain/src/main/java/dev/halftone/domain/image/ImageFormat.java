package dev.halftone.domain.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;

/// An image file format, told by its magic bytes and by nothing else: names and media types lie.
public enum ImageFormat {
    JPEG("jpeg", "image/jpeg", "jpg"),
    PNG("png", "image/png", "png"),
    GIF("gif", "image/gif", "gif"),
    WEBP("webp", "image/webp", "webp"),
    BMP("bmp", "image/bmp", "bmp"),
    TIFF("tiff", "image/tiff", "tif"),
    ICO("ico", "image/x-icon", "ico"),
    AVIF("avif", "image/avif", "avif"),
    HEIC("heic", "image/heic", "heic"),
    JXL("jxl", "image/jxl", "jxl"),
    JP2("jp2", "image/jp2", "jp2"),
    PSD("psd", "image/vnd.adobe.photoshop", "psd"),
    SVG("svg", "image/svg+xml", "svg");

    /// How many leading bytes [#sniff] may look at.
    public static final int SNIFF_BYTES = 1024;

    private final String wire;
    private final String mediaType;
    private final String extension;

    ImageFormat(String wire, String mediaType, String extension) {
        this.wire = wire;
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String wire() {
        return wire;
    }

    public String mediaType() {
        return mediaType;
    }

    /// The usual file name ending, without the dot.
    public String extension() {
        return extension;
    }

    /// Tells the format from a file's first bytes ([#SNIFF_BYTES] are enough), or nothing where no known image
    /// begins so.
    public static Optional<ImageFormat> sniff(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, SNIFF_BYTES), ISO_8859_1);
        if (head.startsWith("\377\330\377")) {
            return Optional.of(JPEG);
        }
        if (head.startsWith("\211PNG\r\n\032\n")) {
            return Optional.of(PNG);
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (head.startsWith("BM") && bytes.length >= 26) {
            return Optional.of(BMP);
        }
        if (head.startsWith("II*\0")
                || head.startsWith("MM\0*")
                || head.startsWith("II+\0")
                || head.startsWith("MM\0+")) {
            return Optional.of(TIFF);
        }
        if (head.startsWith("\0\0\1\0") && bytes.length >= 22) {
            return Optional.of(ICO);
        }
        if (head.startsWith("8BPS")) {
            return Optional.of(PSD);
        }
        if (head.startsWith("\377\n") || head.startsWith("\0\0\0\fJXL \r\n\207\n")) {
            return Optional.of(JXL);
        }
        if (head.startsWith("\0\0\0\fjP  \r\n\207\n") || head.startsWith("\377O\377Q")) {
            return Optional.of(JP2);
        }
        if (head.startsWith("ftyp", 4)) {
            return isoBaseMedia(head);
        }
        return looksLikeSvg(head) ? Optional.of(SVG) : Optional.empty();
    }

    /// ISO/IEC 14496-12 file type box: the major brand, then the compatible ones.
    private static Optional<ImageFormat> isoBaseMedia(String head) {
        int length = (head.charAt(0) << 24) | (head.charAt(1) << 16) | (head.charAt(2) << 8) | head.charAt(3);
        int end = Math.min(head.length(), length < 16 ? 16 : length);
        String brands = head.substring(8, Math.max(8, end));
        if (brands.contains("avif") || brands.contains("avis")) {
            return Optional.of(AVIF);
        }
        if (brands.contains("heic") || brands.contains("heix") || brands.contains("hevc") || brands.contains("mif1")) {
            return Optional.of(HEIC);
        }
        return Optional.empty();
    }

    private static boolean looksLikeSvg(String head) {
        String text = head.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        return text.startsWith("<svg") || (text.startsWith("<?xml") || text.startsWith("<!")) && text.contains("<svg");
    }
}
