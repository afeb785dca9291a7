package dev.halftone.adapters.imaging.steps;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Operation.Placement;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.imageio.ImageIO;

/// Not a test: draws every operation over photos side by side, for a person to look at. Arguments: a folder with
/// photos, the PNG to write, and words that choose cells by their titles.
final class OperationsSheet {
    private static final int CELL = 300;
    private static final int COLUMNS = 5;

    private final ImageEngine engine = new AwtEngine();
    private final Path photos;
    private final List<String> wanted;
    private final List<BufferedImage> cells = new ArrayList<>();

    private OperationsSheet(Path photos, List<String> wanted) {
        this.photos = photos;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) throws IOException {
        OperationsSheet sheet =
                new OperationsSheet(Path.of(arguments[0]), List.of(arguments).subList(2, arguments.length));
        sheet.fill();
        ImageIO.write(sheet.drawn(), "png", Path.of(arguments[1]).toFile());
    }

    private void fill() throws IOException {
        for (String photo : List.of(
                "kodim03.png",
                "kodim12.png",
                "ipx-cat-sunglasses.jpg",
                "sylius-dresses-dress_01.jpg",
                "sylius-mugs.jpg")) {
            add("source", photo, resize(300, 300, Fit.MAX));
            add("smart", photo, new Operation.SmartCrop(new PixelSize(150, 280)));
            add("smart", photo, new Operation.SmartCrop(new PixelSize(280, 110)));
        }
        add("fill", "kodim03.png", resize(280, 280, Fit.FILL));
        add("crop", "kodim03.png", resize(280, 280, Fit.CROP));
        add("rotate", "kodim03.png", resize(200, 200, Fit.MAX), new Operation.Rotate(17, Rgba.CLEAR));
        add("rotate", "kodim03.png", resize(200, 200, Fit.MAX), new Operation.Rotate(45, Rgba.WHITE));
        add("blur", "kodim03.png", resize(280, 280, Fit.CROP), new Operation.Blur(4));
        add("sharpen", "kodim03.png", resize(280, 280, Fit.CROP), new Operation.Sharpen(1, 1));
        add("sharpen", "kodim03.png", resize(280, 280, Fit.CROP), new Operation.Sharpen(3, 2));
        add("grayscale", "kodim03.png", resize(280, 280, Fit.CROP), new Operation.Grayscale());
        add(
                "enlarge",
                "kodim03.png",
                new Operation.CropTo(new PixelSize(40, 40), Gravity.CENTER),
                resize(280, 280, Fit.CLIP));
        add("text", "kodim03.png", resize(280, 280, Fit.CROP), text("© Halftone 2026", Placement.DEFAULT, 0.09));
        add("text", "sylius-mugs.jpg", resize(280, 280, Fit.CROP), text("© Halftone 2026", Placement.DEFAULT, 0.09));
        add(
                "text",
                "kodim03.png",
                resize(280, 280, Fit.CROP),
                text(
                        "Ελληνικά Кириллица שלום مرحبا 日本語 and a long line that has to be wrapped",
                        new Placement(Gravity.CENTER, 1, 10, false),
                        0.12));
        add(
                "text",
                "sylius-mugs.jpg",
                resize(280, 280, Fit.CROP),
                new Operation.TextMark(
                        "dark text", new Placement(Gravity.CENTER, 1, 10, false), 0.2, Rgba.BLACK, true));
        add(
                "tiled",
                "kodim12.png",
                resize(280, 280, Fit.CROP),
                text("SAMPLE", new Placement(Gravity.CENTER, 0.4, 30, true), 0.1));
        add(
                "logo",
                "kodim12.png",
                resize(280, 280, Fit.CROP),
                new Operation.PictureMark("logo", new Placement(new Gravity(1, 0), 0.8, 10, false), 0.4));
        for (String photo : List.of(
                "ipx-kitten-studio.jpg",
                "sylius-caps-cap_01.jpg",
                "saleor-apparel.jpg",
                "sylius-jeans-man-jeans_01.jpg",
                "solidus_mug_set.png",
                "sylius-books.jpg",
                "sylius-jeans-woman-jeans_03.jpg",
                "sylius-caps-cap_03.jpg",
                "mei-Canon-EOS-7D.jpg",
                "saleor-white-plimsolls-3.png",
                "solidus_cap_gray_1.png",
                "sylius-t-shirts-man-t-shirt_01.jpg",
                "sylius-dresses-dress_03.jpg",
                "saleor-groceries.jpg",
                "solidus_hat.png")) {
            add("background", photo, new Operation.RemoveBackground(24), resize(280, 280, Fit.MAX));
        }
        add(
                "edge",
                "sylius-caps-cap_01.jpg",
                new Operation.RemoveBackground(24),
                resize(600, 600, Fit.MAX),
                new Operation.SmartCrop(new PixelSize(300, 300)));
        add("trim", "sylius-caps-cap_01.jpg", new Operation.Trim(24), resize(280, 280, Fit.MAX));
    }

    private static Operation resize(int width, int height, Fit fit) {
        return new Operation.Resize(OptionalInt.of(width), OptionalInt.of(height), fit, Gravity.CENTER, Rgba.WHITE);
    }

    private static Operation text(String text, Placement placement, double scale) {
        return new Operation.TextMark(text, placement, scale, Rgba.WHITE, true);
    }

    private SourceImage photo(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(photos.resolve(name));
        return new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes);
    }

    private void add(String title, String photo, Operation... operations) throws IOException {
        if (!wanted.isEmpty() && !wanted.contains(title)) {
            return;
        }
        Pipeline pipeline = new Pipeline(
                List.of(operations), Compression.DEFAULT.withQuality(90).withFormat(TargetFormat.PNG));
        Map<String, SourceImage> marks = Map.of("logo", photo("saleor-sunnies.png"));
        EngineResult result = engine.run(photo(photo), pipeline, marks, ImageLimits.DEFAULT);
        EncodedImage made = ((EngineResult.Encoded) result).image();
        BufferedImage cell = new BufferedImage(CELL, CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = cell.createGraphics();
        for (int y = 0; y < CELL; y += 15) {
            for (int x = 0; x < CELL; x += 15) {
                graphics.setColor((x + y) / 15 % 2 == 0 ? new Color(0xff9090c0) : new Color(0xff7070a0));
                graphics.fillRect(x, y, 15, 15);
            }
        }
        graphics.drawImage(ImageIO.read(new ByteArrayInputStream(made.bytes())), 5, 5, null);
        graphics.setColor(Color.BLACK);
        graphics.drawString(String.join(" | ", made.notes()), 5, CELL - 5);
        graphics.dispose();
        cells.add(cell);
    }

    private BufferedImage drawn() {
        int rows = (cells.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage sheet = new BufferedImage(COLUMNS * CELL, rows * CELL, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < cells.size(); i++) {
            graphics.drawImage(cells.get(i), i % COLUMNS * CELL, i / COLUMNS * CELL, null);
        }
        graphics.dispose();
        return sheet;
    }
}
