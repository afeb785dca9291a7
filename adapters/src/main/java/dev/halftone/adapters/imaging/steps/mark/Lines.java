package dev.halftone.adapters.imaging.steps.mark;

import dev.halftone.adapters.imaging.pixel.Deadline;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text broken into lines of one height.
///
/// @param em by which the lines' shapes are scaled, in pixels
/// @param height from one baseline to the next, in pixels
/// @param ascent of the baseline beneath a line's upper edge, in pixels
record Lines(List<Fonts.Shaped> lines, double em, double height, double ascent) {
    /// Below this the text is no longer made smaller to keep its words whole.
    private static final double LEAST_HEIGHT = 6;

    private static final double SMALLER = 0.93;

    /// Breaks text at word borders, and makes it smaller where a word or the lines have no room.
    ///
    /// @param height of a line that is wanted; this and the room in pixels
    static Lines fitting(String text, Fonts fonts, double height, double width, double room, Deadline deadline) {
        double used = height;
        Broken broken = new Broken(fonts, width / em(fonts, used)).all(text);
        while (used > LEAST_HEIGHT && (!broken.whole || broken.lines.size() * used > room)) {
            deadline.check();
            used *= SMALLER;
            broken = new Broken(fonts, width / em(fonts, used)).all(text);
        }
        double em = em(fonts, used);
        List<Fonts.Shaped> shaped =
                broken.lines.stream().map(line -> shaped(line, fonts)).toList();
        return new Lines(shaped, em, used, fonts.ascent() * em);
    }

    private static double em(Fonts fonts, double height) {
        return height / fonts.height();
    }

    double total() {
        return lines.size() * height;
    }

    double widest() {
        return lines.stream().mapToDouble(Fonts.Shaped::advance).max().orElse(0) * em;
    }

    /// A line in the order it is seen in, by the Unicode bidirectional algorithm.
    private static Fonts.Shaped shaped(Line line, Fonts fonts) {
        Bidi bidi = new Bidi(line.text, line.leftToRight ? Bidi.DIRECTION_LEFT_TO_RIGHT : Bidi.DIRECTION_RIGHT_TO_LEFT);
        int count = bidi.getRunCount();
        byte[] levels = new byte[count];
        Integer[] runs = new Integer[count];
        for (int i = 0; i < count; i++) {
            levels[i] = (byte) bidi.getRunLevel(i);
            runs[i] = i;
        }
        Bidi.reorderVisually(levels, 0, runs, 0, count);
        Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
        double at = 0;
        for (int run : runs) {
            String text = line.text.substring(bidi.getRunStart(run), bidi.getRunLimit(run));
            if (!text.isEmpty()) {
                Fonts.Shaped shaped = fonts.shaped(text, bidi.getRunLevel(run) % 2 == 0);
                outline.append(shaped.outline().getPathIterator(AffineTransform.getTranslateInstance(at, 0)), false);
                at += shaped.advance();
            }
        }
        return new Fonts.Shaped(outline, at);
    }

    /// @param leftToRight whether its paragraph begins so
    private record Line(String text, boolean leftToRight) {}

    /// Lines as they are filled, word by word.
    private static final class Broken {
        private final Fonts fonts;
        private final double width;
        private final List<Line> lines = new ArrayList<>();
        private boolean whole = true;
        private boolean leftToRight = true;

        Broken(Fonts fonts, double width) {
            this.fonts = fonts;
            this.width = width;
        }

        Broken all(String text) {
            for (String paragraph : text.split("\n", -1)) {
                paragraph(paragraph.strip());
            }
            return this;
        }

        private void paragraph(String text) {
            leftToRight = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
            BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
            breaks.setText(text);
            int start = 0;
            int end = 0;
            for (int next = breaks.next(); next != BreakIterator.DONE; next = breaks.next()) {
                if (end > start && !fits(text.substring(start, next))) {
                    line(text.substring(start, end));
                    start = end;
                }
                end = next;
            }
            line(text.substring(start));
        }

        private boolean fits(String text) {
            return shaped(new Line(text.stripTrailing(), leftToRight), fonts).advance() <= width;
        }

        /// Breaks a single word that has no room, at the border of a character.
        private void line(String text) {
            String rest = text.stripTrailing();
            while (!fits(rest)) {
                whole = false;
                BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
                breaks.setText(rest);
                int end = breaks.next();
                for (int next = breaks.next(); next != BreakIterator.DONE && fits(rest.substring(0, next)); ) {
                    end = next;
                    next = breaks.next();
                }
                if (end >= rest.length()) {
                    break;
                }
                lines.add(new Line(rest.substring(0, end), leftToRight));
                rest = rest.substring(end);
            }
            lines.add(new Line(rest, leftToRight));
        }
    }
}
