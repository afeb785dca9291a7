package dev.halftone.adapters.imaging.agreement;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/// The pictures that the operations are run over, drawn here: lopsided, so that a wrong turn or side shows.
final class MadeSources {
    private MadeSources() {}

    /// Sky, sun, hills, a fence and some grain: 320 by 240.
    static BufferedImage scene(int type) {
        BufferedImage image = new BufferedImage(320, 240, type);
        Graphics2D graphics = graphics(image);
        graphics.setPaint(new GradientPaint(0, 0, new Color(0x3a6ea8), 0, 150, new Color(0xf0d8b0)));
        graphics.fillRect(0, 0, 320, 240);
        graphics.setPaint(new RadialGradientPaint(240, 60, 46, new float[] {0, 0.7f, 1}, new Color[] {
            new Color(0xfff6c0), new Color(0xf8b040), new Color(0x00f8b040, true)
        }));
        graphics.fill(new Ellipse2D.Double(194, 14, 92, 92));
        hill(graphics, new Color(0x4f7f4a), 0, 150, 90, 90, 210, 190, 320, 130);
        hill(graphics, new Color(0x2c5230), 0, 215, 120, 160, 200, 220, 320, 185);
        graphics.setColor(new Color(0xb03028));
        graphics.fillRect(40, 160, 52, 50);
        graphics.setColor(new Color(0xf4f0e8));
        for (int x = 150; x < 310; x += 16) {
            graphics.fillRect(x, 200, 6, 34);
        }
        graphics.fillRect(144, 210, 170, 5);
        graphics.dispose();
        Random random = new Random(11);
        for (int i = 0; i < 12_000; i++) {
            int x = random.nextInt(320);
            int y = random.nextInt(240);
            image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt() & 0x070707);
        }
        return image;
    }

    private static void hill(Graphics2D graphics, Color colour, double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        path.curveTo(points[2], points[3], points[4], points[5], points[6], points[7]);
        path.lineTo(320, 240);
        path.lineTo(0, 240);
        path.closePath();
        graphics.setColor(colour);
        graphics.fill(path);
    }

    /// A mark on clear ground with a half clear shadow: 160 by 120.
    static BufferedImage badge() {
        BufferedImage image = new BufferedImage(160, 120, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = graphics(image);
        graphics.setColor(new Color(0x60000000, true));
        graphics.fillOval(34, 30, 100, 84);
        graphics.setPaint(new GradientPaint(20, 16, new Color(0x58b0f0), 110, 100, new Color(0x0c2470)));
        graphics.fillOval(20, 16, 100, 84);
        graphics.setColor(new Color(0xb02840));
        graphics.fillRect(4, 88, 60, 26);
        graphics.fillRect(112, 6, 30, 12);
        graphics.setColor(new Color(0xffd020));
        graphics.setStroke(new BasicStroke(9));
        graphics.drawLine(40, 40, 70, 78);
        graphics.drawLine(70, 78, 140, 20);
        graphics.dispose();
        return image;
    }

    /// A thing before a plain, faintly shaded wall, off the middle: 300 by 260.
    static BufferedImage studio() {
        BufferedImage image = new BufferedImage(300, 260, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image);
        graphics.setColor(new Color(0xf4f4f2));
        graphics.fillRect(0, 0, 300, 260);
        graphics.setColor(new Color(0x404c58));
        graphics.fillRoundRect(150, 50, 96, 150, 30, 30);
        graphics.setColor(new Color(0xc8402c));
        graphics.fillOval(166, 80, 60, 60);
        graphics.setColor(new Color(0xe8c860));
        graphics.fillRect(160, 160, 76, 16);
        graphics.dispose();
        return image;
    }

    private static Graphics2D graphics(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return graphics;
    }

    static SourceImage scene() {
        return png(scene(BufferedImage.TYPE_INT_RGB));
    }

    static SourceImage sceneAs(ImageFormat format) {
        BufferedImage scene = scene(BufferedImage.TYPE_INT_RGB);
        return switch (format) {
            case JPEG -> new SourceImage(format, TestImages.jpeg(scene, 0.92f));
            case WEBP -> new SourceImage(format, webp(png(scene)));
            default -> new SourceImage(format, TestImages.written(scene, format.wire()));
        };
    }

    static SourceImage greyScene() {
        return png(scene(BufferedImage.TYPE_BYTE_GRAY));
    }

    /// Shown upright only where its orientation is heeded: stored on its side.
    static SourceImage turnedScene() {
        BufferedImage scene = scene(BufferedImage.TYPE_INT_RGB);
        BufferedImage turned = new BufferedImage(240, 320, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 320; y++) {
            for (int x = 0; x < 240; x++) {
                turned.setRGB(x, y, scene.getRGB(y, 239 - x));
            }
        }
        byte[] jpeg = TestImages.jpeg(turned, 0.92f);
        return new SourceImage(
                ImageFormat.JPEG,
                TestImages.withSegments(jpeg, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(8))));
    }

    /// Its numbers mean light itself: shown much too dark where the profile is not heeded.
    static SourceImage linearScene() {
        BufferedImage scene = scene(BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 240; y++) {
            for (int x = 0; x < 320; x++) {
                int pixel = scene.getRGB(x, y);
                int light = light(pixel >> 16) << 16 | light(pixel >> 8) << 8 | light(pixel);
                scene.setRGB(x, y, 0xff000000 | light);
            }
        }
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        return new SourceImage(
                ImageFormat.PNG,
                TestImages.withChunks(TestImages.written(scene, "png"), TestImages.iccpChunk(profile)));
    }

    private static int light(int sample) {
        double value = (sample & 255) / 255.0;
        return (int) Math.round(255 * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4)));
    }

    static SourceImage png(BufferedImage image) {
        return new SourceImage(ImageFormat.PNG, TestImages.written(image, "png"));
    }

    private static byte[] webp(SourceImage source) {
        Compression exact =
                Compression.DEFAULT.withFormat(TargetFormat.WEBP).withTarget(new CompressionTarget.Lossless());
        EngineResult made = new AwtEngine().compress(source, exact, ImageLimits.DEFAULT);
        return ((EngineResult.Encoded) made).image().bytes();
    }
}
