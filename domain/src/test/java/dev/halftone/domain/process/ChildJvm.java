package dev.halftone.domain.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Java process of its own, for tests that need another heap, another machine's settings, or somebody to
/// kill.
public final class ChildJvm {
    /// For one that lives for seconds: the second compiler would take as long as all else.
    public static final List<String> BRIEF = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private ChildJvm() {}

    /// The command that runs a class of the tests, with the class path of the one that asks.
    ///
    /// @param options of the virtual machine
    /// @param program the name of a class with a `main`
    public static List<String> command(List<String> options, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(program);
        command.addAll(List.of(arguments));
        return command;
    }

    /// Runs a command to its end, which is a good one and comes within five minutes.
    ///
    /// @param log where what it says is kept
    public static void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("the process said: %s", Files.readString(log))
                .isTrue();
    }
}
