package dev.halftone.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    Path folder;

    private Environment environment(Map<String, String> variables) {
        return Environment.read(variables, Map.of(), folder);
    }

    private List<String> mistakes(Map<String, String> variables) {
        return catchThrowableOfType(ConfigRefused.class, () -> ConfigReader.read(environment(variables)))
                .mistakes();
    }

    @Test
    void hasDefaultsForEverything() {
        HalftoneConfig config = ConfigReader.read(environment(Map.of("PATH", "/bin")));

        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.database()).isEmpty();
        assertThat(config.imageLimits().maxBytes()).isEqualTo(25L << 20);
        assertThat(config.cpuTurns()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void namesAnUnknownVariableAndTheNearestOne() {
        assertThat(mistakes(Map.of("HALFTONE_PROT", "80")))
                .containsExactly("HALFTONE_PROT is no setting of Halftone; did you mean HALFTONE_PORT?");
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThat(mistakes(Map.of("HALFTONE_PORT", "eighty", "HALFTONE_STORAGE", "tape", "HALFTONE_CPU_TURNS", "0")))
                .hasSize(3)
                .anyMatch(text -> text.contains("HALFTONE_PORT") && text.contains("eighty"))
                .anyMatch(text -> text.contains("HALFTONE_STORAGE") && text.contains("tape"))
                .anyMatch(text -> text.contains("HALFTONE_CPU_TURNS"));
    }

    @Test
    void readsThePropertiesFileUnderTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("halftone.properties"), "port=9000\npublic-url=https://img.example/\n");

        HalftoneConfig config = ConfigReader.read(environment(Map.of("HALFTONE_PORT", "9001")));

        assertThat(config.port()).isEqualTo(9001);
        assertThat(config.publicUrl()).contains(URI.create("https://img.example"));
    }

    @Test
    void namesAnUnknownPropertyWithItsFile() throws IOException {
        Files.writeString(folder.resolve("own.properties"), "prot=9000\n");

        assertThat(mistakes(Map.of("HALFTONE_CONFIG", "own.properties")))
                .containsExactly("prot in own.properties is no setting of Halftone; did you mean port?");
    }

    @Test
    void refusesToListenForOthersUnlessAskedByName() {
        assertThat(mistakes(Map.of("HALFTONE_HOST", "0.0.0.0")))
                .singleElement()
                .asString()
                .contains("HALFTONE_API_KEYS=off");
        assertThat(ConfigReader.read(environment(Map.of("HALFTONE_HOST", "0.0.0.0", "HALFTONE_API_KEYS", "off")))
                        .host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void masksSecretsAndShowsOrigins() throws IOException {
        Files.writeString(folder.resolve("halftone.properties"), "port=9000\n");
        Environment environment = environment(Map.of(
                "HALFTONE_DATABASE_PASSWORD",
                "hunter2",
                "HALFTONE_DATABASE_URL",
                "jdbc:postgresql://db/halftone?user=u&password=hunter2&ssl=true"));

        String table = String.join("\n", SettingsTable.lines(environment));

        assertThat(table).doesNotContain("hunter2").contains("ssl=true");
        assertThat(table).containsPattern("HALFTONE_PORT +9000 +halftone.properties");
        assertThat(table).containsPattern("HALFTONE_HOST +127.0.0.1 +default");
    }
}
