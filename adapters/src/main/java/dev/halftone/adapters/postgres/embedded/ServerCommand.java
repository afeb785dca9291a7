package dev.halftone.adapters.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs one of the server's programs to its end.
final class ServerCommand {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private ServerCommand() {}

    /// @param output all that it printed, at most its last 4,000 characters
    record Result(int exit, String output) {}

    static Result run(List<String> command) throws IOException, InterruptedException {
        // Into a file: a server started by the command inherits it and would keep a pipe open.
        Path output = Files.createTempFile("halftone-postgres", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .directory(Path.of("/").toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
            environment.put("LC_ALL", "C");
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "no end after " + LIMIT.toSeconds() + " s");
            }
            String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
            return new Result(process.exitValue(), text.substring(Math.max(0, text.length() - 4_000)));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return run(command).exit() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
