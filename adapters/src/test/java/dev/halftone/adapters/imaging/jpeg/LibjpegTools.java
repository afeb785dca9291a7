package dev.halftone.adapters.imaging.jpeg;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The command line tools of libjpeg-turbo, which `./halftone test` installs: the second opinion on every file.
public final class LibjpegTools {
    private LibjpegTools() {}

    /// Skips the test, saying so, where the tools are missing.
    public static void assumePresent() {
        boolean present = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jpegtran")));
        assumeTrue(present, "djpeg, cjpeg and jpegtran (libjpeg-turbo-progs) are not installed");
    }

    /// The pixels of a JPEG as a PPM or PGM file.
    public static byte[] pixels(byte[] jpeg) {
        return succeeded(jpeg, "djpeg", "-pnm");
    }

    /// A JPEG from a PPM or PGM file.
    public static byte[] compress(byte[] pnm, String... options) {
        return succeeded(pnm, withOptions("cjpeg", options));
    }

    /// A losslessly transformed JPEG.
    public static byte[] transform(byte[] jpeg, String... options) {
        return succeeded(jpeg, withOptions("jpegtran", options));
    }

    /// The same, or nothing where jpegtran says that it cannot.
    public static Optional<byte[]> tryTransform(byte[] jpeg, String... options) {
        return run(jpeg, withOptions("jpegtran", options));
    }

    private static String[] withOptions(String tool, String... options) {
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(Arrays.asList(options));
        return command.toArray(new String[0]);
    }

    private static byte[] succeeded(byte[] in, String... command) {
        return run(in, command).orElseThrow(() -> new AssertionError(String.join(" ", command) + " failed"));
    }

    /// The tool's output, or nothing when it warned or failed.
    private static Optional<byte[]> run(byte[] in, String... command) {
        try {
            Path errors = Files.createTempFile("libjpeg", ".txt");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            Thread feeder = Thread.ofVirtual().start(() -> {
                try (OutputStream out = process.getOutputStream()) {
                    out.write(in);
                } catch (IOException ignored) {
                    // the tool stopped reading: its exit status says why
                }
            });
            byte[] out = process.getInputStream().readAllBytes();
            int status = process.waitFor();
            feeder.join();
            boolean silent = Files.size(errors) == 0;
            Files.delete(errors);
            return status == 0 && silent ? Optional.of(out) : Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
