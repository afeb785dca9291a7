package dev.halftone.adapters.imaging.steps.mark;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fonts that text is written with: the bundled one, which holds Latin, Greek, Cyrillic and Hebrew and works
/// everywhere, and for what it lacks the platform's, where this machine has any. Lengths are in ems, downwards.
/// Thread-safe.
final class Fonts {
    private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);
    private static final String BUNDLED = "LiberationSans-Bold.ttf";
    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    /// At which the platform's outlines are taken.
    private static final float EM = 100;

    private static final String OPENING = "([{<«‹";
    private static final String CLOSING = ")]}>»›";

    private final TrueTypeFont bundled;
    private final Optional<Font> platform;

    private Fonts(TrueTypeFont bundled, Optional<Font> platform) {
        this.bundled = bundled;
        this.platform = platform;
    }

    /// Loaded when text is written for the first time.
    private static final class Loaded {
        private static final Fonts FONTS = new Fonts(load(), platform());
    }

    static Fonts get() {
        return Loaded.FONTS;
    }

    private static TrueTypeFont load() {
        try (InputStream in = Objects.requireNonNull(Fonts.class.getResourceAsStream(BUNDLED))) {
            return new TrueTypeFont(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Java's fonts fail in many ways where fontconfig, freetype or every font is missing.
    private static Optional<Font> platform() {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.BOLD, (int) EM);
            font.createGlyphVector(MEASURE, "x").getVisualBounds();
            return Optional.of(font);
        } catch (RuntimeException | LinkageError | InternalError e) {
            LOG.info("no font beside the bundled one: {}", e.toString());
            return Optional.empty();
        }
    }

    /// Text as a shape, its baseline at zero.
    record Shaped(Path2D outline, double advance) {}

    double ascent() {
        return bundled.ascent();
    }

    double height() {
        return bundled.height();
    }

    boolean has(int character) {
        return bundled.glyph(character) != 0 || isSilent(character) || onPlatform(character);
    }

    /// Characters that steer the order of others, or join them, have no shape of their own.
    private static boolean isSilent(int character) {
        return Character.getType(character) == Character.FORMAT;
    }

    private boolean onPlatform(int character) {
        return bundled.glyph(character) == 0
                && !isSilent(character)
                && platform.filter(font -> font.canDisplay(character)).isPresent();
    }

    /// @param text of one direction
    Shaped shaped(String text, boolean leftToRight) {
        List<String> runs = runs(text);
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double at = 0;
        // What comes first in a text from right to left stands rightmost.
        for (String run : leftToRight ? runs : runs.reversed()) {
            Shaped shaped = onPlatform(run.codePointAt(0)) ? byPlatform(run, leftToRight) : bundled(run, leftToRight);
            outline.append(shaped.outline.getPathIterator(AffineTransform.getTranslateInstance(at, 0)), false);
            at += shaped.advance;
        }
        return new Shaped(outline, at);
    }

    /// Stretches of one font.
    private List<String> runs(String text) {
        List<String> runs = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (onPlatform(text.codePointAt(at)) != onPlatform(text.codePointAt(start))) {
                runs.add(text.substring(start, at));
                start = at;
            }
        }
        runs.add(text.substring(start));
        return runs;
    }

    private Shaped bundled(String text, boolean leftToRight) {
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double at = 0;
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = leftToRight ? characters[i] : mirrored(characters[characters.length - 1 - i]);
            if (isSilent(character)) {
                continue;
            }
            int glyph = bundled.glyph(character);
            outline.append(bundled.outline(glyph).getPathIterator(AffineTransform.getTranslateInstance(at, 0)), false);
            at += bundled.advance(glyph);
        }
        return new Shaped(outline, at);
    }

    private static int mirrored(int character) {
        int opening = OPENING.indexOf(character);
        int closing = CLOSING.indexOf(character);
        return opening >= 0 ? CLOSING.charAt(opening) : closing >= 0 ? OPENING.charAt(closing) : character;
    }

    private Shaped byPlatform(String text, boolean leftToRight) {
        GlyphVector glyphs = platform.orElseThrow()
                .layoutGlyphVector(
                        MEASURE,
                        text.toCharArray(),
                        0,
                        text.length(),
                        leftToRight ? Font.LAYOUT_LEFT_TO_RIGHT : Font.LAYOUT_RIGHT_TO_LEFT);
        Path2D outline = new Path2D.Double(glyphs.getOutline(), AffineTransform.getScaleInstance(1 / EM, 1 / EM));
        return new Shaped(
                outline, glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX() / EM);
    }
}
