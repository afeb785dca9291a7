package dev.halftone.app.journey;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/// Pictures with some detail, made for the tests: a gradient, shapes and noise from a seed.
public final class Pictures {
    private Pictures() {}

    public static byte[] jpeg(int width, int height, int seed) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.95f);
        writer.setOutput(ImageIO.createImageOutputStream(bytes));
        writer.write(null, new IIOImage(picture(width, height, seed), null, null), parameters);
        writer.dispose();
        return bytes.toByteArray();
    }

    public static byte[] png(int width, int height, int seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture(width, height, seed), "png", bytes);
        return bytes.toByteArray();
    }

    public static BufferedImage decode(byte[] bytes) throws IOException {
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes)), "not decodable");
    }

    private static BufferedImage picture(int width, int height, int seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(seed);
        graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < 40; i++) {
            graphics.setColor(colour(random));
            graphics.fillOval(random.nextInt(width), random.nextInt(height), width / 8 + 1, height / 8 + 1);
        }
        graphics.dispose();
        for (int i = 0; i < width * height / 4; i++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt(0x080808));
        }
        return image;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(0x1000000));
    }
}
