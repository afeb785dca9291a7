package dev.halftone.adapters.imaging.tesseract;

import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.text.RecognisedText;
import java.util.ArrayList;
import java.util.List;

/// Tesseract's table: a head, then a row for each page, block, paragraph, line and word (levels 1 to 5) with
/// `level page_num block_num par_num line_num word_num left top width height conf text`. Rows with a level
/// under 5 have the confidence -1 and no text; words have one from 0 to 100.
final class TsvText {
    private static final int COLUMNS = 12;
    private static final int PARAGRAPH = 3;
    private static final int LINE = 4;
    private static final int WORD = 5;

    private final List<RecognisedText.Line> lines = new ArrayList<>();
    private final List<RecognisedText.Word> words = new ArrayList<>();
    private int paragraph;
    private Box box = new Box(0, 0, 1, 1);

    private TsvText() {}

    /// @throws IllegalArgumentException where it is no such table
    static RecognisedText read(String table) {
        TsvText reading = new TsvText();
        table.lines().skip(1).forEach(reading::row);
        reading.endLine();
        return new RecognisedText(reading.lines);
    }

    private void row(String row) {
        String[] cells = row.split("\t", COLUMNS);
        if (cells.length < COLUMNS - 1) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells, " + COLUMNS + " are expected");
        }
        switch (Integer.parseInt(cells[0])) {
            case PARAGRAPH -> {
                endLine();
                paragraph++;
            }
            case LINE -> {
                endLine();
                box = box(cells);
            }
            case WORD -> word(cells);
            default -> endLine();
        }
    }

    /// Where it takes a picture for text, it tells words of blanks.
    private void word(String[] cells) {
        String text = cells.length < COLUMNS ? "" : cells[COLUMNS - 1].strip();
        if (!text.isEmpty()) {
            double confidence = Math.clamp(Double.parseDouble(cells[COLUMNS - 2]) / 100, 0, 1);
            words.add(new RecognisedText.Word(text, box(cells), confidence));
        }
    }

    private static Box box(String[] cells) {
        return new Box(
                Math.max(0, Integer.parseInt(cells[6])),
                Math.max(0, Integer.parseInt(cells[7])),
                Math.max(1, Integer.parseInt(cells[8])),
                Math.max(1, Integer.parseInt(cells[9])));
    }

    private void endLine() {
        if (!words.isEmpty()) {
            lines.add(new RecognisedText.Line(paragraph, box, words));
            words.clear();
        }
    }
}
