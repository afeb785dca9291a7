package dev.halftone.adapters.outbound.download;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.SourceUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads images from this machine's disk: for the command line alone, where the user may read the file anyway. A
/// server is never given one. Symbolic links are followed, as the user's own programs do.
public final class LocalFileDownloader implements Downloader {

    @Override
    public byte[] fetch(SourceUrl url, ImageLimits limits) {
        Path file = pathOf(url);
        if (!Files.exists(file)) {
            throw HalftoneException.of(FailureCode.INVALID_URL, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw HalftoneException.of(
                    FailureCode.INVALID_URL,
                    Files.isDirectory(file) ? "the path is a folder, not a file" : "the path is not a regular file");
        }
        if (!Files.isReadable(file)) {
            throw HalftoneException.of(FailureCode.INVALID_URL, "the file may not be read by this user");
        }
        try (InputStream content = Files.newInputStream(file)) {
            limits.checkBytes(Files.size(file));
            byte[] bytes = content.readNBytes((int) Math.min(limits.maxBytes() + 1, Integer.MAX_VALUE - 16));
            limits.checkBytes(bytes.length);
            return bytes;
        } catch (IOException e) {
            throw HalftoneException.of(FailureCode.INTERNAL, "the file could not be read to its end", e);
        }
    }

    private static Path pathOf(SourceUrl url) {
        if (!url.isFile()) {
            throw HalftoneException.of(FailureCode.INVALID_URL, "not the address of a local file");
        }
        try {
            return Path.of(url.uri());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw HalftoneException.of(FailureCode.INVALID_URL, "not a path of this machine", e);
        }
    }
}
