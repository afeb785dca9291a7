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
/// halfway: it is not begun where it would take longer than there is time, by what a pixel takes. The deadline
/// is asked again after it. Safe in parallel: nothing is shared between runs.
final class WebpCodec {
    static final int MAX_SIDE = 16_383;

    /// What a pixel takes one core at most, as measured in 2026 on a blurred noise of twelve megapixels,
    /// rounded up.
    private static final long LOSSY_NANOS = 150;

    private static final long EXACT_NANOS = 500;
    private static final long EXACT_BEST_NANOS = 6_000;

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
        requireTime(picture, LOSSY_NANOS, deadline);
        return encode(picture, deadline, param -> {
            param.setCompressionType(CompressionType.Lossy);
            param.setCompressionQuality((float) (quality / 100));
            param.setMethod(method);
        });
    }

    /// Without changing a pixel that can be seen. Where there is no time for a method above 4, it is 4.
    static byte[] encodeExactly(Picture picture, int asked, Deadline deadline) throws IOException {
        int method = asked > 4 && nanos(picture, EXACT_BEST_NANOS) > left(deadline) ? 4 : asked;
        requireTime(picture, EXACT_NANOS, deadline);
        return encode(picture, deadline, param -> {
            param.setCompressionType(CompressionType.Lossless);
            // Of a lossless picture, quality is effort too.
            param.setCompressionQuality(method > 4 ? 1f : 0.75f);
            param.setMethod(method);
        });
    }

    private static void requireTime(Picture picture, long nanosEach, Deadline deadline) {
        if (nanos(picture, nanosEach) > left(deadline)) {
            deadline.check();
            throw HalftoneException.of(
                    FailureCode.PROCESSING_TIMEOUT,
                    "there is no time left to write " + picture.width() + "x" + picture.height() + " pixels as WebP");
        }
    }

    private static long nanos(Picture picture, long each) {
        return each * picture.width() * picture.height();
    }

    private static long left(Deadline deadline) {
        return deadline.remaining().toNanos();
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
