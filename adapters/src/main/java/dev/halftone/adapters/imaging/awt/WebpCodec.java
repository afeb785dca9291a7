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
import java.util.function.Consumer;
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

    /// @param quality 0 to 100 on libwebp's scale
    /// @param method 0 to 6: how long libwebp looks for a smaller file; 4 is its own choice
    static byte[] encode(Picture picture, double quality, int method, Deadline deadline) throws IOException {
        return encode(picture, deadline, param -> {
            param.setCompressionType(CompressionType.Lossy);
            param.setCompressionQuality((float) (quality / 100));
            param.setMethod(method);
        });
    }

    /// Without changing a pixel that can be seen.
    static byte[] encodeExactly(Picture picture, int method, Deadline deadline) throws IOException {
        return encode(picture, deadline, param -> {
            param.setCompressionType(CompressionType.Lossless);
            // Of a lossless picture, quality is effort too.
            param.setCompressionQuality(method > 4 ? 1f : 0.75f);
            param.setMethod(method);
        });
    }

    private static byte[] encode(Picture picture, Deadline deadline, Consumer<WebPWriteParam> settings)
            throws IOException {
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
            settings.accept(param);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        deadline.check();
        return out.toByteArray();
    }
}
