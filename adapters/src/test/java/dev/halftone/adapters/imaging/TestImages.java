package dev.halftone.adapters.imaging;

import dev.halftone.adapters.imaging.container.PngFile;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/// Pictures that the tests make themselves.
public final class TestImages {
    private TestImages() {}

    /// Red top left, green top right, blue bottom left, a gradient bottom right, with some noise all over.
    public static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(220, 30, 30));
        graphics.fillRect(0, 0, width / 2, height / 2);
        graphics.setColor(new Color(30, 200, 30));
        graphics.fillRect(width / 2, 0, width - width / 2, height / 2);
        graphics.setColor(new Color(30, 30, 220));
        graphics.fillRect(0, height / 2, width / 2, height - height / 2);
        graphics.setPaint(
                new GradientPaint(width / 2f, 0, new Color(250, 240, 90), width, height, new Color(20, 60, 90)));
        graphics.fillRect(width / 2, height / 2, width - width / 2, height - height / 2);
        graphics.dispose();
        Random random = new Random(7);
        for (int i = 0; i < width * height / 4; i++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            int rgb = image.getRGB(x, y);
            image.setRGB(x, y, rgb & 0xff000000 | (rgb & 0xfcfcfc) + random.nextInt(4) * 0x010101);
        }
        return image;
    }

    public static BufferedImage quarters(int width, int height) {
        return quarters(width, height, BufferedImage.TYPE_INT_RGB);
    }

    /// A ramp whose samples are exactly what was set.
    public static BufferedImage greyRamp(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setSample(x, y, 0, 40 + 120 * x / width);
            }
        }
        return image;
    }

    public static byte[] written(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("the JDK does not write this as " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] jpeg(BufferedImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        return write(writer, new IIOImage(image, null, null), param);
    }

    /// Four inks, stored the way all viewers take them: 255 is no ink.
    public static byte[] cmykJpeg(int width, int height, int... inks) {
        WritableRaster raster = java.awt.image.Raster.createInterleavedRaster(0, width, height, 4, null);
        int[] row = new int[4 * width * height];
        for (int i = 0; i < row.length; i++) {
            row[i] = inks[i % 4];
        }
        raster.setPixels(0, 0, width, height, row);
        ImageWriter writer = jdkJpegWriter();
        return write(writer, new IIOImage(raster, null, null), writer.getDefaultWriteParam());
    }

    private static ImageWriter jdkJpegWriter() {
        var writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.")) {
                return writer;
            }
        }
        throw new IllegalStateException("the JDK's JPEG writer is missing");
    }

    public static byte[] interlacedPng(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return write(writer, new IIOImage(image, null, null), param);
    }

    private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(output);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    public static byte[] animatedGif(int frames) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(output);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames; i++) {
                BufferedImage frame = quarters(24 + 0 * i, 16, BufferedImage.TYPE_BYTE_INDEXED);
                IIOMetadata metadata =
                        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(frame), null);
                IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree("javax_imageio_gif_image_1.0");
                metadata.setFromTree("javax_imageio_gif_image_1.0", root);
                writer.writeToSequence(new IIOImage(frame, null, metadata), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /// A JPEG with whole segments put in right after SOI.
    public static byte[] withSegments(byte[] jpeg, byte[]... segments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        for (byte[] segment : segments) {
            out.writeBytes(segment);
        }
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    public static byte[] segment(int marker, String head, byte[] body) {
        int length = 2 + head.length() + body.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
        out.writeBytes(head.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /// A PNG with whole chunks put in right after IHDR.
    public static byte[] withChunks(byte[] png, byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        for (byte[] chunk : chunks) {
            out.writeBytes(chunk);
        }
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    public static byte[] iccpChunk(byte[] profile) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'p', 0, 0});
        try (var deflate = new java.util.zip.DeflaterOutputStream(out)) {
            deflate.write(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PngFile.chunk("iCCP", out.toByteArray());
    }

    /// A big-endian EXIF block with an orientation, an artist, a copyright and a GPS directory.
    public static byte[] exif(int orientation) {
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(128);
        out.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8).putShort((short) 4);
        out.putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        out.putShort((short) 0x13b).putShort((short) 2).putInt(9).putInt(62);
        out.putShort((short) 0x8298).putShort((short) 2).putInt(12).putInt(72);
        out.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(86);
        out.putInt(0);
        out.put(62, "Ann Otto\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.put(72, "(c) Example\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.putShort(86, (short) 1);
        out.putShort(88, (short) 1).putShort(90, (short) 2).putInt(92, 2).put(96, (byte) 'N');
        out.put(108, "SECRET-PLACE".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return out.array();
    }

    public static boolean contains(byte[] bytes, String text) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).contains(text);
    }
}
