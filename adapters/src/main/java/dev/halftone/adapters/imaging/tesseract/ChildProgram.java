package dev.halftone.adapters.imaging.tesseract;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A program that is run without a shell, in a bare environment, with bounds on its time and on what it says.
/// Once a run has ended nothing of it is left: the process and its children are dead and reaped. Thread-safe.
final class ChildProgram {
    private static final int MOST_COMPLAINT = 4_096;

    /// For pipes to run dry once the process is gone.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Path file;
    private final Map<String, String> environment;

    /// @param file of the program, absolute
    /// @param environment all of it
    ChildProgram(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /// How a run ended.
    sealed interface End {
        /// @param said on its standard output
        /// @param complaint the beginning of what it said on standard error
        @SuppressWarnings("ArrayRecordComponent")
        record Exited(int code, byte[] said, String complaint) implements End {}

        /// It was stopped when its time was over.
        record TimedOut() implements End {}

        /// It was stopped because it said more than it may.
        record SaidTooMuch() implements End {}

        /// @param reason why it could not be started, or not be waited for
        record NotRun(String reason) implements End {}
    }

    /// @param input given to its standard input, whether it reads that or not
    /// @param most bytes that it may say on standard output
    End run(List<String> arguments, byte[] input, int most, Duration time) {
        List<String> command = new ArrayList<>();
        command.add(file.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new End.NotRun(String.valueOf(e.getMessage()));
        }
        try {
            return attended(process, input, most, time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new End.NotRun("interrupted");
        } finally {
            stop(process);
        }
    }

    private static End attended(Process process, byte[] input, int most, Duration time) throws InterruptedException {
        AtomicBoolean tooMuch = new AtomicBoolean();
        CompletableFuture<byte[]> said = new CompletableFuture<>();
        CompletableFuture<byte[]> complaint = new CompletableFuture<>();
        Thread.startVirtualThread(() -> give(process.getOutputStream(), input));
        Thread.startVirtualThread(() -> said.complete(taken(process.getInputStream(), most, () -> {
            tooMuch.set(true);
            process.destroyForcibly();
        })));
        Thread.startVirtualThread(() -> complaint.complete(taken(process.getErrorStream(), MOST_COMPLAINT, () -> {})));
        if (!process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            return new End.TimedOut();
        }
        if (tooMuch.get()) {
            return new End.SaidTooMuch();
        }
        try {
            byte[] all = said.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
            byte[] complained = complaint.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
            return tooMuch.get()
                    ? new End.SaidTooMuch()
                    : new End.Exited(process.exitValue(), all, new String(complained, StandardCharsets.UTF_8).strip());
        } catch (ExecutionException | TimeoutException e) {
            return new End.NotRun("it ended, but something it started holds its output open");
        }
    }

    /// A program that ends early does not read all, which is no mistake here.
    private static void give(OutputStream to, byte[] input) {
        try (to) {
            to.write(input);
        } catch (IOException closed) {
            // Its exit code tells.
        }
    }

    /// Reads to the end, so that the program never waits for us, and keeps the beginning.
    private static byte[] taken(InputStream from, int most, Runnable beyond) {
        try (from) {
            byte[] kept = from.readNBytes(most);
            if (from.read() >= 0) {
                beyond.run();
                from.transferTo(OutputStream.nullOutputStream());
            }
            return kept;
        } catch (IOException stopped) {
            return new byte[0];
        }
    }

    /// Its children are known only while it lives, so they are listed first.
    private static void stop(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
