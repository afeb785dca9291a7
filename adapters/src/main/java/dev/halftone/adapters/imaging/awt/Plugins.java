package dev.halftone.adapters.imaging.awt;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.ICOImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/// The ImageIO plug-ins this engine uses, each by its class: what a file contains never chooses a reader.
enum Plugins {
    /// The JDK's (libjpeg 6b), 16-bit tables included. Of four components only the raster is right.
    JPEG,
    BMP,
    ICO,
    TIFF,
    BIG_TIFF,
    /// libwebp itself.
    WEBP;

    ImageReader reader() throws IOException {
        return readerProvider().createReaderInstance();
    }

    private ImageReaderSpi readerProvider() {
        return switch (this) {
            case JPEG -> byName(ImageReaderSpi.class, "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
            case BMP -> byName(ImageReaderSpi.class, BMPImageReaderSpi.class.getName());
            case ICO -> byName(ImageReaderSpi.class, ICOImageReaderSpi.class.getName());
            case TIFF -> byName(ImageReaderSpi.class, TIFFImageReaderSpi.class.getName());
            case BIG_TIFF -> byName(ImageReaderSpi.class, BigTIFFImageReaderSpi.class.getName());
            case WEBP -> new WebPImageReaderSpi();
        };
    }

    static ImageWriter jpegWriter() throws IOException {
        return byName(ImageWriterSpi.class, "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi")
                .createWriterInstance();
    }

    static ImageWriter webpWriter() throws IOException {
        return new WebPImageWriterSpi().createWriterInstance();
    }

    /// The JDK's providers are not exported, so they are found by name among the registered ones;
    /// TwelveMonkeys' need to have been registered, because that is when they find their delegates.
    private static <T extends ImageReaderWriterSpi> T byName(Class<T> kind, String name) {
        Iterator<T> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
        while (all.hasNext()) {
            T provider = all.next();
            if (provider.getClass().getName().equals(name)) {
                return provider;
            }
        }
        throw new IllegalStateException("the image plug-in " + name + " is missing from the class path");
    }
}
