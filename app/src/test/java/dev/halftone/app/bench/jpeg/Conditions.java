package dev.halftone.app.bench.jpeg;

import dev.halftone.app.bench.jpeg.side.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Under what the figures were taken: machine, versions, command line, what is counted.
final class Conditions {
    private Conditions() {}

    static String markdown(String[] arguments, List<Side> sides, Optional<Path> peer) throws IOException {
        StringBuilder text = new StringBuilder("```sh\n./halftone bench jpeg");
        for (String argument : arguments) {
            text.append(' ').append(argument.matches("[\\w./,=-]+") ? argument : "'" + argument + "'");
        }
        text.append("\n```\n\n")
                .append(LocalDate.now())
                .append(", ")
                .append(processor())
                .append(", ")
                .append(System.getProperty("os.name"))
                .append(", Java ")
                .append(Runtime.version());
        peer.ifPresent(
                folder -> text.append(", sharp ")
                        .append(
                                said(
                                        folder,
                                        "node",
                                        "-p",
                                        "const v = require('sharp').versions; v.sharp + ' (libvips ' + v.vips + '), Node ' + process.version")));
        return text.append(", ")
                .append(said(Path.of("."), "djpeg", "-version"))
                .append(". ")
                .append(load())
                .append('\n')
                .append(counted(sides))
                .toString();
    }

    private static String counted(List<Side> sides) {
        StringBuilder text = new StringBuilder("\nWhat each is asked, and what is counted:\n");
        for (Side side : sides) {
            text.append("- ")
                    .append(side.name())
                    .append(": ")
                    .append(side.counted())
                    .append('\n');
        }
        return text.toString();
    }

    /// Other people's work on the machine, which the figures cannot show.
    static String load() throws IOException {
        Path file = Path.of("/proc/loadavg");
        return Files.exists(file)
                ? String.format(
                        Locale.ROOT, "Load average %s.", Files.readString(file).split(" ")[0])
                : "";
    }

    /// As the machine is, not as this process is pinned.
    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return Runtime.getRuntime().availableProcessors() + " cores of " + System.getProperty("os.arch");
        }
        List<String> names = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .toList();
        return names.size() + " cores of " + (names.isEmpty() ? System.getProperty("os.arch") : names.getFirst());
    }

    /// The first line that a program prints about itself.
    private static String said(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines().findFirst().orElse("");
        } catch (IOException missing) {
            return "no " + command[0];
        }
    }
}
