package dev.halftone.app.bench.jpeg.side;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/// The JDK's own JPEG reader and writer (libjpeg 6b inside): decode to pixels, encode. Also the one decoder
/// with which every output is looked at.
public final class ImageIoSide extends ThreadTimed {
    public ImageIoSide() {
        ImageIO.setUseCache(false);
    }

    @Override
    public String name() {
        return "ImageIO";
    }

    @Override
    public String counted() {
        return "decode and encode in the same process, quality Q/100; CPU time of its one thread, without JIT compiler and collector";
    }

    @Override
    public byte[] encode(Path photo, byte[] source, int quality) throws IOException {
        BufferedImage pixels = decode(source);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream(source.length);
                ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam wish = writer.getDefaultWriteParam();
            wish.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            wish.setCompressionQuality(quality / 100f);
            writer.setOutput(image);
            writer.write(null, new IIOImage(pixels, null, null), wish);
            image.flush();
            return out.toByteArray();
        } finally {
            writer.dispose();
        }
    }

    /// The pixels of a JPEG file.
    public static BufferedImage decode(byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }
}
