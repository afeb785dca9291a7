package dev.halftone.adapters.imaging.jpeg.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs Jazzer over [CodecFuzzTarget] in a JVM of its own, from the same seed each time. `./halftone test fuzz 10`
/// runs it for ten minutes and goes on from what earlier long runs found.
class CodecFuzzTest {
    private static final String SECONDS = "halftone.fuzz.seconds";
    private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

    /// More than any input takes on a busy machine, by two orders.
    private static final int HANG_SECONDS = 10;

    @TempDir
    private Path temporary;

    @Test
    void noBytesMakeTheCodecFailOrLie() throws Exception {
        boolean isLong = System.getProperty(SECONDS) != null;
        Path seeds = Files.createDirectory(temporary.resolve("seeds"));
        Path found = isLong ? FOLDER.resolve("found") : temporary.resolve("found");
        Files.createDirectories(found);
        Files.createDirectories(FOLDER);
        FuzzSeeds.writeTo(seeds);
        Path dictionary = temporary.resolve("markers.dict");
        FuzzSeeds.writeDictionary(dictionary);
        Path log = FOLDER.resolve("log.txt");
        Process jazzer = new ProcessBuilder(command(found, seeds, dictionary))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = jazzer.waitFor();
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(status)
                .as("inputs that fail are in %s; Jazzer said:%n%s", FOLDER, lastLines(said))
                .isZero();
        assertThat(said)
                .as("the codec was instrumented")
                .contains("Instrumented")
                .contains("Done ");
    }

    private static List<String> command(Path found, Path seeds, Path dictionary) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhalftone.root=" + System.getProperty("halftone.root", "."),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + CodecFuzzTarget.class.getName(),
                "--instrumentation_includes=dev.halftone.adapters.imaging.jpeg.codec.**"
                        + ":dev.halftone.adapters.imaging.jpeg.transcode.**",
                "--reproducer_path=" + FOLDER,
                "-artifact_prefix=" + FOLDER + "/",
                "-seed=1",
                "-max_total_time=" + System.getProperty(SECONDS, "30"),
                "-max_len=" + FuzzSeeds.LARGEST,
                "-timeout=" + HANG_SECONDS,
                "-rss_limit_mb=2500",
                "-dict=" + dictionary,
                found.toString(),
                seeds.toString());
    }

    private static String lastLines(String text) throws IOException {
        try (Stream<String> lines = text.lines()) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 40), all.size()));
        }
    }
}
