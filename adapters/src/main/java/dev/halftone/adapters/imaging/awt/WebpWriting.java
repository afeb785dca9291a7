package dev.halftone.adapters.imaging.awt;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPWriteParam;
import dev.halftone.adapters.imaging.container.Metadata;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.pixel.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Writes lossy WebP with libwebp at its own quality scale; alpha is kept.
final class WebpWriting {
    private WebpWriting() {}

    static byte[] write(Picture picture, int quality, Optional<byte[]> icc, Metadata metadata) throws IOException {
        WebPWriteParam parameters = new WebPWriteParam(Locale.ROOT);
        parameters.setCompressionType(CompressionType.Lossy);
        parameters.setCompressionQuality(quality / 100f);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = Plugins.webpWriter();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(BufferedPictures.withAlpha(picture.asColour()), null, null), parameters);
            out.flush();
        } finally {
            writer.dispose();
        }
        return WebpFile.assembled(bytes.toByteArray(), icc, metadata);
    }
}
