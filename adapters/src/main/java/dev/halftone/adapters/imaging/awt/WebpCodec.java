package dev.halftone.adapters.imaging.awt;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPWrapper;
import com.luciad.imageio.webp.WebPWriteParam;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// WebP through libwebp, which comes as a native library inside webp-imageio. A run of it can't be stopped
/// halfway; the pixel limit bounds it, and the deadline is asked before and after. Safe in parallel: nothing
/// is shared between runs.
final class WebpCodec {
    static final int MAX_SIDE = 16_383;

    private WebpCodec() {}

    static Picture decode(byte[] bytes, Deadline deadline) throws IOException {
        return Samples.of(Reading.read(Plugins.WEBP, bytes, 0, deadline));
    }

    /// Whether the native library loads on this machine.
    static boolean isAvailable() {
        try {
            WebPWrapper.loadNativeLibrary();
            return true;
        } catch (LinkageError | RuntimeException missing) {
            return false;
        }
    }

    static byte[] encode(Picture picture, int quality, Deadline deadline) throws IOException {
        if (picture.width() > MAX_SIDE || picture.height() > MAX_SIDE) {
            throw HalftoneException.of(
                    FailureCode.UNSUPPORTED_FORMAT,
                    "WebP holds at most 16383 pixels a side, the picture has " + picture.width() + "x"
                            + picture.height());
        }
        deadline.check();
        BufferedImage image = Samples.imageOf(picture.asColour());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = Plugins.webpWriter();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            WebPWriteParam param = (WebPWriteParam) writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(CompressionType.Lossy);
            param.setCompressionQuality(quality / 100f);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        deadline.check();
        return out.toByteArray();
    }
}
