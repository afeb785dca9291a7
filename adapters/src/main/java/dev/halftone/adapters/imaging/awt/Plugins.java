package dev.halftone.adapters.imaging.awt;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.ICOImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/// The readers and writers that are used, each by its class. What else lies on the class path is never asked: a reader
/// that
/// is chosen by a file's content is chosen by whoever made the file.
final class Plugins {
    private static final ImageReaderSpi WEBP = new WebPImageReaderSpi();
    private static final ImageWriterSpi WEBP_OUT = new WebPImageWriterSpi();

    static {
        ImageIO.setUseCache(false);
    }

    private Plugins() {}

    /// The JDK's reader: right for one and three components.
    static ImageReader jpeg() {
        return ofJdk("jpeg");
    }

    /// Right for four components, whose colours the JDK gets wrong, and for lossless files.
    static ImageReader oddJpeg() throws IOException {
        return registered(JPEGImageReaderSpi.class, new JPEGImageReaderSpi()).createReaderInstance(null);
    }

    static ImageReader webp() throws IOException {
        return WEBP.createReaderInstance(null);
    }

    static ImageReader bmp() throws IOException {
        return registered(BMPImageReaderSpi.class, new BMPImageReaderSpi()).createReaderInstance(null);
    }

    static ImageReader ico() throws IOException {
        return registered(ICOImageReaderSpi.class, new ICOImageReaderSpi()).createReaderInstance(null);
    }

    static ImageReader tiff(boolean big) throws IOException {
        return (big
                        ? registered(BigTIFFImageReaderSpi.class, new BigTIFFImageReaderSpi())
                        : registered(TIFFImageReaderSpi.class, new TIFFImageReaderSpi()))
                .createReaderInstance(null);
    }

    static ImageWriter jpegWriter() {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.imageio.")) {
                return writer;
            }
            writer.dispose();
        }
        throw new IllegalStateException("this Java has no JPEG writer");
    }

    static ImageWriter webpWriter() throws IOException {
        return WEBP_OUT.createWriterInstance(null);
    }

    private static ImageReader ofJdk(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
            reader.dispose();
        }
        throw new IllegalStateException("this Java has no reader for " + format);
    }

    /// Some of these find the JDK's reader, which they build upon, only once they are registered.
    private static <T extends ImageReaderSpi> T registered(Class<T> type, T fallback) {
        T known = IIORegistry.getDefaultInstance().getServiceProviderByClass(type);
        return known == null ? fallback : known;
    }
}
