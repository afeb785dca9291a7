package dev.halftone.adapters.imaging.steps.mark;

import dev.halftone.adapters.imaging.pixel.Deadline;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineBreakMeasurer;
import java.awt.font.LineMetrics;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import java.util.ArrayList;
import java.util.List;

/// Text broken into lines at one height.
///
/// @param height of a line, in pixels
/// @param ascent of the baseline beneath a line's upper edge
/// @param whole whether no word is broken
record Lines(List<TextLayout> lines, double height, double ascent, boolean whole) {
    static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    /// Below this the text is no longer made smaller to keep its words whole.
    private static final double LEAST_HEIGHT = 6;

    private static final double SMALLER = 0.93;

    /// Breaks text at word borders, and makes it smaller where a word or the lines have no room.
    ///
    /// @param height of a line that is wanted, in pixels
    static Lines fitting(String text, Fonts fonts, double height, double width, double room, Deadline deadline) {
        Lines lines = at(text, fonts, height, width);
        while (lines.height > LEAST_HEIGHT && (!lines.whole || lines.total() > room)) {
            deadline.check();
            lines = at(text, fonts, lines.height * SMALLER, width);
        }
        return lines;
    }

    private static Lines at(String text, Fonts fonts, double height, double width) {
        LineMetrics metrics = fonts.bundled().deriveFont(100f).getLineMetrics("x", MEASURE);
        double em = 100 * height / metrics.getHeight();
        List<TextLayout> lines = new ArrayList<>();
        boolean whole = true;
        for (String paragraph : text.strip().split("\n", -1)) {
            whole &= breakUp(paragraph.isEmpty() ? " " : paragraph, fonts, (float) em, (float) width, lines);
        }
        return new Lines(List.copyOf(lines), height, metrics.getAscent() * height / metrics.getHeight(), whole);
    }

    /// @return whether no word had to be broken
    private static boolean breakUp(String text, Fonts fonts, float em, float width, List<TextLayout> lines) {
        LineBreakMeasurer measurer =
                new LineBreakMeasurer(attributed(text, fonts, em).getIterator(), MEASURE);
        boolean whole = true;
        while (measurer.getPosition() < text.length()) {
            TextLayout line = measurer.nextLayout(width, text.length(), true);
            if (line == null) {
                whole = false;
                line = measurer.nextLayout(width);
            }
            lines.add(line);
        }
        return whole;
    }

    private static AttributedString attributed(String text, Fonts fonts, float em) {
        AttributedString attributed = new AttributedString(text);
        Font bundled = fonts.bundled().deriveFont(em);
        attributed.addAttribute(TextAttribute.FONT, bundled);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            Font font = fonts.holding(character).orElse(fonts.bundled());
            if (!font.equals(fonts.bundled())) {
                attributed.addAttribute(TextAttribute.FONT, font.deriveFont(em), i, i + Character.charCount(character));
            }
        }
        return attributed;
    }

    double total() {
        return lines.size() * height;
    }

    double widest() {
        return lines.stream().mapToDouble(TextLayout::getVisibleAdvance).max().orElse(0);
    }
}
