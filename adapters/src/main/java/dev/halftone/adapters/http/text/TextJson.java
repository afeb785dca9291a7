package dev.halftone.adapters.http.text;

import dev.halftone.adapters.http.json.Json;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.text.ReadText;
import dev.halftone.domain.text.RecognisedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text in an image. Confidences are from 0 to 1, boxes in pixels of the image as it is shown.
///
/// @param language the codes it was read in, joined by `+`
/// @param confidence the mean over all words; null where there are none
record TextJson(
        String imageId,
        String language,
        int width,
        int height,
        String text,
        @Nullable Double confidence,
        List<LineJson> lines) {

    record BoxJson(int left, int top, int width, int height) {
        static BoxJson of(Box box) {
            return new BoxJson(box.left(), box.top(), box.width(), box.height());
        }
    }

    record LineJson(String text, double confidence, BoxJson box, List<WordJson> words) {
        static LineJson of(RecognisedText.Line line) {
            return new LineJson(
                    line.text(),
                    Json.rounded(line.confidence(), 3),
                    BoxJson.of(line.box()),
                    line.words().stream().map(WordJson::of).toList());
        }
    }

    record WordJson(String text, double confidence, BoxJson box) {
        static WordJson of(RecognisedText.Word word) {
            return new WordJson(word.text(), Json.rounded(word.confidence(), 3), BoxJson.of(word.box()));
        }
    }

    static TextJson of(ReadText.Result.Read read) {
        RecognisedText text = read.text();
        return new TextJson(
                read.asset().id().toString(),
                read.languages().wire(),
                read.asset().size().width(),
                read.asset().size().height(),
                text.text(),
                text.confidence().isPresent() ? Json.rounded(text.confidence().getAsDouble(), 3) : null,
                text.lines().stream().map(LineJson::of).toList());
    }
}
