package dev.halftone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.onnx.ModelUnusable;
import dev.halftone.app.config.ConfigReader;
import dev.halftone.app.config.Environment;
import dev.halftone.app.config.HalftoneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionalPartsTest {
    @TempDir
    Path folder;

    private HalftoneConfig config(Map<String, String> variables) {
        return ConfigReader.read(Environment.read(variables, Map.of(), folder));
    }

    @Test
    void saysWhichPartsAreThere() {
        assertThat(Workshop.optionalParts(config(Map.of())))
                .anyMatch(line -> line.matches("text +active +tesseract [0-9.]+ \\(/.*\\), reads .*eng.*"))
                .anyMatch(line -> line.matches("model +not active +HALFTONE_BACKGROUND_MODEL names none.*"));
    }

    @Test
    void saysWhyAPartIsNotUsed() {
        assertThat(Workshop.optionalParts(config(Map.of("HALFTONE_TESSERACT", "off"))))
                .anyMatch(line -> line.matches("text +not active +switched off"));
    }

    @Test
    void aModelThatCanNotBeUsedStopsTheStartAndIsToldInTheReport() throws IOException {
        Path model = Files.writeString(folder.resolve("model.onnx"), "this is no model");
        HalftoneConfig config = config(Map.of("HALFTONE_BACKGROUND_MODEL", model.toString()));

        assertThatThrownBy(() -> new OptionalParts(config))
                .isInstanceOf(ModelUnusable.class)
                .hasMessageContaining(model.toString());
        assertThat(Workshop.optionalParts(config))
                .anyMatch(line -> line.startsWith("model  not active") && line.contains(model.toString()));
    }
}
