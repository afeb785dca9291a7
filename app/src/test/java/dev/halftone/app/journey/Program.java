package dev.halftone.app.journey;

import dev.halftone.domain.process.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The program as a process of its own, so that it can be killed.
public final class Program implements AutoCloseable {
    private final Process process;
    private final boolean wrapped;
    private final CompletableFuture<String> err;

    private Program(Process process, boolean wrapped) {
        this.process = process;
        this.wrapped = wrapped;
        // On a thread of its own: programs run beside each other, and the common pool may have one thread.
        this.err = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return e.toString();
                    }
                },
                Thread::startVirtualThread);
    }

    /// How a run ended.
    public record Ended(int status, String out, String err) {}

    public static Program start(Path folder, Map<String, String> settings, String... arguments) throws IOException {
        return start(folder, settings, List.of(), arguments);
    }

    /// @param around a command that runs the program as its child
    public static Program start(Path folder, Map<String, String> settings, List<String> around, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(around);
        List<String> options =
                new ArrayList<>(List.of("-Xmx512m", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"));
        options.addAll(ChildJvm.BRIEF);
        command.addAll(ChildJvm.command(options, "dev.halftone.app.Main", arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HALFTONE_"));
        builder.environment().putAll(settings);
        return new Program(builder.start(), !around.isEmpty());
    }

    public static Ended run(Path folder, Map<String, String> settings, String... arguments) throws Exception {
        try (Program program = start(folder, settings, arguments)) {
            String out = new String(program.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(program.process.waitFor(), out, program.err.get(30, TimeUnit.SECONDS));
        }
    }

    /// Reads standard output up to the line that says where the service listens.
    public String awaitAddress() throws Exception {
        return awaitLine("Halftone listens on ").split(" ")[3];
    }

    /// Reads standard output up to the line that says that a worker works.
    Program awaitWork() throws Exception {
        awaitLine("Halftone works");
        return this;
    }

    private String awaitLine(String beginning) throws Exception {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("the program did not start: " + err.get(30, TimeUnit.SECONDS));
    }

    /// Such as `-TERM`, `-STOP` or `-CONT`.
    void signal(String signal) throws Exception {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /// How long it takes until the process has ended.
    Duration awaitEnd() throws InterruptedException {
        long began = System.nanoTime();
        process.waitFor(2, TimeUnit.MINUTES);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /// The program itself, which may be the child of what is around it.
    private ProcessHandle program() {
        return wrapped ? process.children().findFirst().orElse(process.toHandle()) : process.toHandle();
    }

    /// SIGKILL, to this process alone: its database is left an orphan.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// As [#kill], without waiting for the end.
    public void killNow() {
        process.destroyForcibly();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// All that it wrote to standard error, once it has ended.
    String log() throws Exception {
        return err.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        // Not through the process itself, which would close what it wrote before it is read.
        program().destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                program().destroyForcibly();
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
