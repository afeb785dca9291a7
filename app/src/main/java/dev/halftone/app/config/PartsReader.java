package dev.halftone.app.config;

import dev.halftone.adapters.imaging.onnx.InputScale;
import dev.halftone.app.config.HalftoneConfig.BackgroundModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Reads where the parts are that work when they are installed. A file is the operator's word, so it has to be
/// there.
final class PartsReader {
    private final SettingTexts texts;

    PartsReader(SettingTexts texts) {
        this.texts = texts;
    }

    String tesseract() {
        String text = texts.text(Settings.TESSERACT).orElse("auto");
        boolean named = !text.equals("auto") && !text.equals("off");
        if (named && !(Files.isRegularFile(Path.of(text)) && Files.isExecutable(Path.of(text)))) {
            texts.mistake(
                    "HALFTONE_TESSERACT is auto, off, or the program's file; there is no program \"" + text + "\"");
        }
        return text;
    }

    Optional<BackgroundModel> backgroundModel() {
        InputScale input = InputScale.ofWire(texts.choice(
                        Settings.BACKGROUND_INPUT,
                        Settings.BACKGROUND_INPUT.fallback(),
                        Arrays.stream(InputScale.values()).map(InputScale::wire).toList()))
                .orElse(InputScale.IMAGENET);
        return texts.text(Settings.BACKGROUND_MODEL).map(text -> {
            Path file = Path.of(text).toAbsolutePath().normalize();
            if (!Files.isRegularFile(file)) {
                texts.mistake("HALFTONE_BACKGROUND_MODEL is an ONNX file; there is no file \"" + text + "\"");
            }
            return new BackgroundModel(file, input);
        });
    }
}
