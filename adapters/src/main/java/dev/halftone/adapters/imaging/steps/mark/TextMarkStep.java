package dev.halftone.adapters.imaging.steps.mark;

import dev.halftone.adapters.imaging.pixel.Argb;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.steps.tone.BlurStep;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Placing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Writes text on a picture: wrapped at word borders within the margins, with a soft shadow that is dark beneath light
/// text and light beneath dark text.
public final class TextMarkStep {
    /// Of the shadow, as shares of a line's height.
    private static final double SPREAD = 0.06;

    private static final double SHIFT = 0.03;

    /// How much denser than a plain blur, so that thin strokes cast one too.
    private static final double DENSITY = 1.8;

    private TextMarkStep() {}

    /// @param notes told where the text is not written quite as asked
    public static Picture.Colour run(
            Picture.Colour picture, Operation.TextMark mark, Consumer<String> notes, Deadline deadline) {
        Fonts fonts = fonts();
        String text = Normalizer.normalize(mark.text(), Normalizer.Form.NFC).strip();
        tellMissing(text, fonts, notes);
        int margin = mark.placement().margin();
        double wanted = mark.scale() * picture.height();
        Lines lines = Lines.fitting(
                text, fonts, wanted, room(picture.width(), margin), room(picture.height(), margin), deadline);
        if (lines.height() < wanted) {
            notes.accept(String.format(
                    Locale.ROOT,
                    "watermark: the text has no room with lines of %.0f pixels, so they are %.0f high",
                    wanted,
                    lines.height()));
        }
        PixelSize block = new PixelSize(
                Math.clamp((long) Math.ceil(lines.widest()), 1, picture.width()),
                Math.clamp((long) Math.ceil(lines.total()), 1, picture.height()));
        int edge = (int) Math.ceil(lines.height() * (3 * SPREAD + SHIFT)) + 2;
        Picture.Colour written = written(lines, block, edge, mark);
        Picture.Colour layer = mark.shadow() ? shadowed(written, lines.height(), mark, deadline) : written;
        Placing placing = Placing.of(new PixelSize(picture.width(), picture.height()), block, mark.placement());
        double opacity = mark.placement().opacity() * mark.colour().alpha() / 255;
        return Stamp.on(picture, layer, shifted(placing, edge), opacity, deadline);
    }

    private static Fonts fonts() {
        try {
            return Fonts.get();
        } catch (LinkageError e) {
            throw HalftoneException.of(
                    FailureCode.UNSUPPORTED_OPERATION, "watermark: this machine's Java can't draw text", e);
        }
    }

    private static double room(int whole, int margin) {
        return whole > 2L * margin ? whole - 2.0 * margin : whole;
    }

    private static void tellMissing(String text, Fonts fonts, Consumer<String> notes) {
        String missing = text.codePoints()
                .filter(character -> character != '\n' && !fonts.has(character))
                .distinct()
                .limit(8)
                .mapToObj(character -> "U+%04X".formatted(character))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            notes.accept("watermark: no font on this machine has " + missing + "; a box stands for each");
        }
    }

    /// The layer is larger than the block by an edge all round, which shadows and overhangs need.
    private static Placing shifted(Placing placing, int edge) {
        return new Placing(
                placing.lefts().stream().map(left -> left - edge).toList(),
                placing.tops().stream().map(top -> top - edge).toList());
    }

    private static Picture.Colour written(Lines lines, PixelSize block, int edge, Operation.TextMark mark) {
        BufferedImage image =
                new BufferedImage(block.width() + 2 * edge, block.height() + 2 * edge, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(new Color(mark.colour().argb() | 0xff000000));
        Gravity gravity = mark.placement().gravity();
        double y = edge + lines.ascent();
        for (Fonts.Shaped line : lines.lines()) {
            double x = edge + (block.width() - line.advance() * lines.em()) * gravity.x();
            AffineTransform place = new AffineTransform(lines.em(), 0, 0, lines.em(), x, y);
            graphics.fill(line.outline().createTransformedShape(place));
            y += lines.height();
        }
        graphics.dispose();
        int[] argb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        return new Picture.Colour(image.getWidth(), image.getHeight(), argb, false);
    }

    private static Picture.Colour shadowed(
            Picture.Colour written, double height, Operation.TextMark mark, Deadline deadline) {
        int tone = Argb.luma(mark.colour().argb()) > 110 ? 0x000000 : 0xffffff;
        int shift = (int) Math.round(height * SHIFT);
        int width = written.width();
        int[] cast = new int[written.argb().length];
        for (int y = shift; y < written.height(); y++) {
            for (int x = shift; x < width; x++) {
                cast[y * width + x] = written.argb()[(y - shift) * width + x - shift] & 0xff000000 | tone;
            }
        }
        double sigma = Math.clamp(height * SPREAD, 0.5, 100);
        int[] soft = BlurStep.run(Picture.Colour.of(width, written.height(), cast), new Operation.Blur(sigma), deadline)
                .argb();
        int[] out = new int[cast.length];
        Arrays.setAll(out, i -> {
            int alpha = (int) Math.min(255, Math.round((soft[i] >>> 24) * DENSITY));
            return Argb.over(written.argb()[i], alpha << 24 | tone);
        });
        return new Picture.Colour(width, written.height(), out, false);
    }
}
