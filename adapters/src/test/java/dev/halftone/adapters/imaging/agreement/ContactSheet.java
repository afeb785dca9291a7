package dev.halftone.adapters.imaging.agreement;

import dev.halftone.adapters.imaging.Seen;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/// What the engines made, side by side on a chequered ground, for a person to look at. Its words are written by
/// the engine itself, which brings its font along.
final class ContactSheet {
    private static final int CELL = 170;
    private static final int WORDS = 34;
    private static final int CASES_ACROSS = 4;

    private final List<String> engines;
    private final List<Cell> cells = new ArrayList<>();

    private record Cell(String name, Map<String, Seen> seen) {}

    ContactSheet(List<String> engines) {
        this.engines = engines;
    }

    void add(String name, Map<String, Seen> seen) {
        cells.add(new Cell(name, seen));
    }

    private BufferedImage drawn(Cell made) {
        BufferedImage cell = new BufferedImage(CELL * engines.size() + 6, CELL + WORDS, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = cell.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(words(made.name(), cell.getWidth()), 0, 0, null);
        for (int i = 0; i < engines.size(); i++) {
            Seen picture = made.seen().get(engines.get(i));
            if (picture != null) {
                draw(graphics, picture.image(), i * (CELL + 2), WORDS);
            }
        }
        graphics.dispose();
        return cell;
    }

    private static void draw(Graphics2D graphics, BufferedImage picture, int left, int top) {
        double scale = Math.min(1, (double) CELL / Math.max(picture.getWidth(), picture.getHeight()));
        int width = Math.max(1, (int) (picture.getWidth() * scale));
        int height = Math.max(1, (int) (picture.getHeight() * scale));
        for (int y = 0; y < height; y += 10) {
            for (int x = 0; x < width; x += 10) {
                graphics.setColor((x + y) / 10 % 2 == 0 ? new Color(0xb0b0b0) : new Color(0x888888));
                graphics.fillRect(left + x, top + y, Math.min(10, width - x), Math.min(10, height - y));
            }
        }
        graphics.drawImage(picture, left, top, width, height, null);
    }

    private static BufferedImage words(String text, int width) {
        BufferedImage ground = new BufferedImage(width, WORDS, BufferedImage.TYPE_INT_RGB);
        Operation mark = new Operation.TextMark(
                text, new Operation.Placement(new Gravity(0, 1), 1, 2, false), 0.4, Rgba.WHITE, false);
        Compression exact =
                Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());
        return Seen.of(new AwtEngine()
                        .run(
                                new SourceImage(ImageFormat.PNG, TestImages.written(ground, "png")),
                                new Pipeline(List.of(mark), exact),
                                Map.of(),
                                ImageLimits.DEFAULT))
                .image();
    }

    void write(Path file) throws IOException {
        int rows = Math.ceilDiv(cells.size(), CASES_ACROSS);
        int width = CELL * engines.size() + 12;
        int height = CELL + WORDS + 6;
        BufferedImage sheet = new BufferedImage(CASES_ACROSS * width, rows * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < cells.size(); i++) {
            graphics.drawImage(drawn(cells.get(i)), i % CASES_ACROSS * width, i / CASES_ACROSS * height, null);
        }
        graphics.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(sheet, "png", file.toFile());
    }
}
