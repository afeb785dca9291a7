package dev.halftone.adapters.imaging.steps.mark;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fonts that text is written with: the bundled one, which holds Latin, Greek, Cyrillic and Hebrew, and for what
/// it lacks the platform's, where this machine has any.
final class Fonts {
    private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);
    private static final String BUNDLED = "LiberationSans-Bold.ttf";

    private final Font bundled;
    private final Optional<Font> platform;

    private Fonts(Font bundled, Optional<Font> platform) {
        this.bundled = bundled;
        this.platform = platform;
    }

    /// Loaded when text is written for the first time: AWT's fonts need native libraries that not every machine has.
    private static final class Loaded {
        private static final Optional<Fonts> FONTS = load();
    }

    /// @throws HalftoneException `unsupported_operation` where this machine can't draw text
    static Fonts get() {
        return Loaded.FONTS.orElseThrow(() -> HalftoneException.of(
                FailureCode.UNSUPPORTED_OPERATION,
                "this machine can't draw text: Java's font library does not load (it needs libfreetype)"));
    }

    private static Optional<Fonts> load() {
        try (InputStream in = Objects.requireNonNull(Fonts.class.getResourceAsStream(BUNDLED))) {
            Font bundled = Font.createFont(Font.TRUETYPE_FONT, in);
            // Only measuring tells whether the native side works.
            bundled.deriveFont(10f).createGlyphVector(Lines.MEASURE, "x").getVisualBounds();
            return Optional.of(new Fonts(bundled, platform()));
        } catch (IOException | FontFormatException | RuntimeException | LinkageError | InternalError e) {
            LOG.error("text can't be drawn on this machine", e);
            return Optional.empty();
        }
    }

    private static Optional<Font> platform() {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.BOLD, 10);
            font.createGlyphVector(Lines.MEASURE, "x").getVisualBounds();
            return Optional.of(font);
        } catch (RuntimeException | LinkageError | InternalError e) {
            LOG.info("no font beside the bundled one: {}", e.toString());
            return Optional.empty();
        }
    }

    Font bundled() {
        return bundled;
    }

    /// The font to write a character with; empty where none has it.
    Optional<Font> holding(int character) {
        return bundled.canDisplay(character)
                ? Optional.of(bundled)
                : platform.filter(font -> font.canDisplay(character));
    }
}
