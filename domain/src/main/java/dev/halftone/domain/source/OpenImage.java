package dev.halftone.domain.source;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import java.util.Locale;

/// Fetches an image and tells its format by its first bytes.
public final class OpenImage {
    private final Downloader downloader;
    private final ImageLimits limits;

    public OpenImage(Downloader downloader, ImageLimits limits) {
        this.downloader = downloader;
        this.limits = limits;
    }

    /// @throws HalftoneException when it can't be had or is no image
    public SourceImage open(SourceUrl url) throws InterruptedException {
        return sniffed(downloader.fetch(url, limits), limits);
    }

    /// Likewise, taking a place that the caller gives back.
    public SourceImage open(SourceUrl url, Place place) throws InterruptedException {
        return sniffed(downloader.fetch(url, limits, place), limits);
    }

    /// Tells an image's format by its first bytes, wherever it came from.
    ///
    /// @throws HalftoneException `too_large` or `not_an_image`
    public static SourceImage sniffed(byte[] bytes, ImageLimits limits) {
        limits.checkBytes(bytes.length);
        ImageFormat format = ImageFormat.sniff(bytes)
                .orElseThrow(() -> HalftoneException.of(FailureCode.NOT_AN_IMAGE, whatItIs(bytes)));
        return new SourceImage(format, bytes);
    }

    private static String whatItIs(byte[] bytes) {
        if (bytes.length == 0) {
            return "the body is empty";
        }
        String head = new String(bytes, 0, Math.min(bytes.length, 256), java.nio.charset.StandardCharsets.ISO_8859_1)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        if (head.startsWith("<!doctype html") || head.startsWith("<html")) {
            return "the body is an HTML page";
        }
        if (head.startsWith("<?xml") || head.startsWith("<error")) {
            return "the body is XML";
        }
        if (head.startsWith("{") || head.startsWith("[")) {
            return "the body is JSON";
        }
        return "the first bytes are of no image format that Halftone knows";
    }
}
