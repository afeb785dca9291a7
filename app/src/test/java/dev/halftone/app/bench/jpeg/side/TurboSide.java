package dev.halftone.app.bench.jpeg.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// libjpeg-turbo's own programs, `djpeg FILE | cjpeg -quality Q -optimize`, as two child processes.
public final class TurboSide implements Side {
    /// bash counts both children, to a thousandth of a second, with their start.
    private static final String PIPELINE = """
            TIMEFORMAT='%3U %3S'
            set -o pipefail
            time djpeg "$1" | cjpeg -quality "$2" -optimize >"$3"
            """;

    private final List<String> pinned;
    private final Path scratch;

    /// @param pinned the words that pin a command to its core, or none
    public TurboSide(List<String> pinned) throws IOException {
        this.pinned = List.copyOf(pinned);
        scratch = Files.createTempFile("halftone-bench", ".jpg");
    }

    @Override
    public String name() {
        return "djpeg|cjpeg";
    }

    @Override
    public String counted() {
        return "djpeg FILE | cjpeg -quality Q -optimize; user and system time of both processes, their start included";
    }

    @Override
    public Cost time(Path photo, byte[] source, int quality) throws IOException {
        List<String> command = new ArrayList<>(pinned);
        command.addAll(List.of(
                "bash", "-c", PIPELINE, "pipeline", photo.toString(), Integer.toString(quality), scratch.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        String last = said.substring(said.lastIndexOf('\n') + 1);
        if (exit(process) != 0 || !last.matches("[0-9.]+ [0-9.]+")) {
            throw new IOException("djpeg | cjpeg could not take " + photo + ": " + said);
        }
        String[] seconds = last.split(" ");
        double sum = Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]);
        return new Cost(Math.round(sum * 1e9), Files.size(scratch));
    }

    private static int exit(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public byte[] encode(Path photo, byte[] source, int quality) throws IOException {
        time(photo, source, quality);
        return Files.readAllBytes(scratch);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(scratch);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
