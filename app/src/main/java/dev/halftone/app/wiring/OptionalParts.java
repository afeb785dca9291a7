package dev.halftone.app.wiring;

import dev.halftone.adapters.imaging.onnx.ModelUnusable;
import dev.halftone.adapters.imaging.onnx.OnnxMatting;
import dev.halftone.adapters.imaging.steps.Matting;
import dev.halftone.adapters.imaging.tesseract.TesseractTextRecognition;
import dev.halftone.app.config.HalftoneConfig;
import dev.halftone.app.config.HalftoneConfig.BackgroundModel;
import dev.halftone.domain.text.TextRecognition;
import java.util.List;
import java.util.Optional;

/// What works when its part is installed, and says what to do otherwise. Nothing of a part that is not asked
/// for is loaded.
final class OptionalParts implements AutoCloseable {
    private final TesseractTextRecognition text;
    private final Optional<OnnxMatting> matting;

    /// @throws ModelUnusable when the model that the operator named can't be used
    OptionalParts(HalftoneConfig config) {
        this.text = tesseract(config);
        this.matting = config.backgroundModel().map(OptionalParts::opened);
    }

    private static TesseractTextRecognition tesseract(HalftoneConfig config) {
        return new TesseractTextRecognition(config.tesseract(), System.getenv());
    }

    private static OnnxMatting opened(BackgroundModel model) {
        return OnnxMatting.open(model.file(), model.input());
    }

    TextRecognition text() {
        return text;
    }

    Matting matting() {
        return matting.<Matting>map(one -> one).orElse(Matting.NONE);
    }

    /// A line for each part: its name, whether it is active, and what it does or why it does not.
    static List<String> report(HalftoneConfig config) {
        TesseractTextRecognition text = tesseract(config);
        boolean reads = text.availability() instanceof TextRecognition.Availability.Installed;
        return List.of(line("text", reads, text.report()), background(config));
    }

    private static String background(HalftoneConfig config) {
        if (config.backgroundModel().isEmpty()) {
            return line("model", false, "HALFTONE_BACKGROUND_MODEL names none; removebackground has its method flood");
        }
        BackgroundModel model = config.backgroundModel().get();
        try (OnnxMatting opened = opened(model)) {
            return line("model", true, model.file() + " " + opened.report());
        } catch (ModelUnusable e) {
            return line("model", false, String.valueOf(e.getMessage()));
        }
    }

    static String line(String name, boolean active, String said) {
        return "%-6s %-10s %s".formatted(name, active ? "active" : "not active", said);
    }

    @Override
    public void close() {
        matting.ifPresent(OnnxMatting::close);
    }
}
