package dev.halftone.adapters.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.process.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Jazzer as a program of its own over one target, from the same seed each time.
///
/// @param folder for its log, what it found, and inputs that fail
/// @param found inputs that led somewhere new, of earlier runs too
/// @param target the class that it calls
/// @param instrumented Jazzer's pattern of the classes whose branches guide it
public record JazzerRun(Path folder, Path found, Class<?> target, String instrumented) {
    /// How long long runs take; not set in the normal suite.
    public static final String SECONDS = "halftone.fuzz.seconds";

    /// More than any input takes on a busy machine, the first one with all its classes included.
    private static final int HANG_SECONDS = 60;

    /// @param seeds a folder of inputs to start from
    /// @param dictionary in libFuzzer's form
    public void run(int seconds, int longest, Path seeds, Path dictionary) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.createDirectories(found);
        Path log = folder.resolve("log.txt");
        int status = new ProcessBuilder(command(seconds, longest, seeds, dictionary))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(status)
                .as("inputs that fail are in %s; Jazzer said:%n%s", folder, lastLines(said))
                .isZero();
        assertThat(said)
                .as("the target was instrumented")
                .contains("Instrumented")
                .contains("Done ");
    }

    private List<String> command(int seconds, int longest, Path seeds, Path dictionary) {
        return ChildJvm.command(
                List.of(
                        "-Xmx700m",
                        "-XX:+UseSerialGC",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dhalftone.root=" + System.getProperty("halftone.root", ".")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=" + instrumented,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-seed=1",
                "-max_total_time=" + seconds,
                "-max_len=" + longest,
                "-timeout=" + HANG_SECONDS,
                "-rss_limit_mb=2500",
                "-dict=" + dictionary,
                found.toString(),
                seeds.toString());
    }

    private static String lastLines(String text) {
        List<String> all = text.lines().toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - 40), all.size()));
    }
}
