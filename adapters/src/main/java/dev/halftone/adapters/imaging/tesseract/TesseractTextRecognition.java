package dev.halftone.adapters.imaging.tesseract;

import dev.halftone.adapters.imaging.tesseract.ChildProgram.End;
import dev.halftone.adapters.imaging.tesseract.TesseractSearch.Found;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.text.Languages;
import dev.halftone.domain.text.TextRecognition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads text with the Tesseract that is installed on the machine: one process a picture. It is looked for at
/// the first question and not again. Thread-safe.
public final class TesseractTextRecognition implements TextRecognition {
    private static final Logger LOG = LoggerFactory.getLogger(TesseractTextRecognition.class);
    private static final int MOST_SAID = 16 << 20;

    private final Supplier<Found> search;
    private volatile @Nullable Found found;

    /// @param place `auto` (on the path and in the usual places), `off`, or the program's file
    /// @param environment of this process: `PATH`, and `TESSDATA_PREFIX` for Tesseract's data
    public TesseractTextRecognition(String place, Map<String, String> environment) {
        this.search = () -> TesseractSearch.in(place, environment);
    }

    private Found found() {
        Found known = found;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            Found now = found == null ? search.get() : found;
            found = now;
            return now;
        }
    }

    /// For an operator, in one line: version, place and languages, or why it is not used.
    public String report() {
        return switch (found()) {
            case Found.Usable usable ->
                "tesseract " + usable.version() + " (" + usable.file() + "), reads "
                        + String.join(" ", usable.languages());
            case Found.Missing missing -> missing.detail();
        };
    }

    @Override
    public Availability availability() {
        return switch (found()) {
            case Found.Usable usable -> new Availability.Installed(usable.languages());
            case Found.Missing missing -> new Availability.Missing(missing.reason());
        };
    }

    @Override
    public Outcome read(EncodedImage png, Languages languages, Duration time) {
        return switch (found()) {
            case Found.Missing missing -> new Outcome.Failed(missing.reason());
            case Found.Usable usable -> {
                if (!usable.languages().containsAll(languages.codes())) {
                    yield new Outcome.Failed(languages.wire() + " is not installed");
                }
                List<String> arguments =
                        List.of("stdin", "stdout", "-l", languages.wire(), "-c", "tessedit_create_tsv=1");
                yield outcome(usable.program().run(arguments, png.bytes(), MOST_SAID, time), time);
            }
        };
    }

    /// Its complaints may name folders, so they go to the log alone.
    private static Outcome outcome(End end, Duration time) {
        return switch (end) {
            case End.TimedOut() -> new Outcome.TimedOut(time);
            case End.SaidTooMuch() -> new Outcome.Failed("tesseract gave more than " + MOST_SAID + " bytes");
            case End.NotRun(String reason) -> {
                LOG.warn("tesseract could not be run: {}", reason);
                yield new Outcome.Failed("tesseract could not be run");
            }
            case End.Exited(int code, byte[] said, String complaint) -> {
                if (code != 0) {
                    LOG.warn("tesseract ended with {}: {}", code, complaint);
                    yield new Outcome.Failed("tesseract ended with " + code);
                }
                yield parsed(new String(said, StandardCharsets.UTF_8));
            }
        };
    }

    private static Outcome parsed(String table) {
        try {
            return new Outcome.Recognised(TsvText.read(table));
        } catch (IllegalArgumentException e) {
            LOG.warn("tesseract gave no table that is understood", e);
            return new Outcome.Failed("tesseract gave no table that is understood");
        }
    }
}
