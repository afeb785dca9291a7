package dev.halftone.domain.text;

import dev.halftone.domain.image.EncodedImage;
import java.time.Duration;
import java.util.SortedSet;

/// Port: reads the text that a picture shows, where the part that can do so is installed. Thread-safe; blocks.
public interface TextRecognition {

    /// Whether text can be read here, and in which languages. Found out once; later calls answer at once.
    Availability availability();

    /// @param png upright, opaque
    /// @param languages installed ones
    /// @param time how long it may take
    Outcome read(EncodedImage png, Languages languages, Duration time);

    /// What a look around ended with.
    sealed interface Availability {
        /// @param languages their codes, at least one
        record Installed(SortedSet<String> languages) implements Availability {}

        /// @param reason why not, and what to do, in one line without a path
        record Missing(String reason) implements Availability {}
    }

    /// How one reading ended.
    sealed interface Outcome {
        record Recognised(RecognisedText text) implements Outcome {}

        /// It took longer than it may, and was stopped.
        record TimedOut(Duration allowed) implements Outcome {}

        /// @param reason in one line without a path
        record Failed(String reason) implements Outcome {}
    }
}
