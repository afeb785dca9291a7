package dev.halftone.domain.text;

import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import java.util.List;
import java.util.OptionalDouble;

/// What was read in a picture, in reading order.
///
/// @param lines none where nothing was found
public record RecognisedText(List<Line> lines) {

    public RecognisedText {
        lines = List.copyOf(lines);
    }

    /// One line of text.
    ///
    /// @param paragraph a number that lines of one paragraph share
    /// @param words at least one
    public record Line(int paragraph, Box box, List<Word> words) {
        public Line {
            words = List.copyOf(words);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("a line has words");
            }
        }

        public String text() {
            return String.join(" ", words.stream().map(Word::text).toList());
        }

        /// The mean over its words.
        public double confidence() {
            return words.stream().mapToDouble(Word::confidence).average().orElseThrow();
        }
    }

    /// One word of a line.
    ///
    /// @param confidence how sure the reader is, 0 to 1
    public record Word(String text, Box box, double confidence) {}

    /// The lines as plain text, an empty line between paragraphs.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                text.append(lines.get(i).paragraph() == lines.get(i - 1).paragraph() ? "\n" : "\n\n");
            }
            text.append(lines.get(i).text());
        }
        return text.toString();
    }

    /// The mean over all words; empty where there are none.
    public OptionalDouble confidence() {
        return lines.stream()
                .flatMap(line -> line.words().stream())
                .mapToDouble(Word::confidence)
                .average();
    }

    /// The same text with its boxes on a picture of another size.
    ///
    /// @param read size of the picture that was read
    /// @param shown size of the picture that the boxes are to be on
    public RecognisedText on(PixelSize read, PixelSize shown) {
        if (read.equals(shown)) {
            return this;
        }
        return new RecognisedText(lines.stream()
                .map(line -> new Line(
                        line.paragraph(),
                        moved(line.box(), read, shown),
                        line.words().stream()
                                .map(word -> new Word(word.text(), moved(word.box(), read, shown), word.confidence()))
                                .toList()))
                .toList());
    }

    private static Box moved(Box box, PixelSize read, PixelSize shown) {
        double across = (double) shown.width() / read.width();
        double down = (double) shown.height() / read.height();
        int left = (int) Math.floor(box.left() * across);
        int top = (int) Math.floor(box.top() * down);
        int right = (int) Math.ceil((box.left() + box.width()) * across);
        int bottom = (int) Math.ceil((box.top() + box.height()) * down);
        return new Box(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    }
}
