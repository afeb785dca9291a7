package dev.halftone.adapters.imaging.tesseract;

import dev.halftone.domain.text.Languages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds Tesseract and asks it for its version and its languages.
final class TesseractSearch {
    /// Looks on the path and in the usual places.
    static final String AUTO = "auto";

    /// Looks nowhere.
    static final String OFF = "off";

    private static final List<String> USUAL =
            List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin");

    private static final String ADVICE =
            "install it (Debian and Ubuntu: apt-get install tesseract-ocr, macOS: brew install tesseract) and restart";

    /// Not languages: how a page lies, and how formulas look.
    private static final List<String> NO_LANGUAGES = List.of("osd", "equ");

    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int MOST_SAID = 64 << 10;
    private static final Pattern VERSION = Pattern.compile("(?m)^tesseract v?(\\S+)");

    private TesseractSearch() {}

    /// What a search ended with.
    sealed interface Found {
        record Usable(ChildProgram program, Path file, String version, SortedSet<String> languages) implements Found {}

        /// @param reason for users: without a path
        /// @param detail for operators
        record Missing(String reason, String detail) implements Found {}
    }

    /// @param place `auto`, `off` or the program's file
    /// @param environment of this process
    static Found in(String place, Map<String, String> environment) {
        if (place.equals(OFF)) {
            return missing("text is not read here: the operator has switched it off", "switched off");
        }
        Optional<Path> file = place.equals(AUTO)
                ? usual(environment.getOrDefault("PATH", ""))
                : Optional.of(Path.of(place)).filter(Files::isExecutable);
        return file.map(path -> asked(path.toAbsolutePath().normalize(), environment))
                .orElseGet(() -> missing(
                        "text is not read here: Tesseract is missing; the operator can " + ADVICE,
                        (place.equals(AUTO) ? "tesseract is not installed: " : "no program at " + place + ": ")
                                + ADVICE));
    }

    private static Found missing(String reason, String detail) {
        return new Found.Missing(reason, detail);
    }

    private static Optional<Path> usual(String path) {
        return Stream.concat(Stream.of(path.split(":")), USUAL.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, "tesseract"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Found asked(Path file, Map<String, String> environment) {
        ChildProgram program = new ChildProgram(file, bare(environment));
        String version =
                said(program, "--version").map(TesseractSearch::version).orElse("");
        if (version.isEmpty()) {
            return missing(
                    "text is not read here: Tesseract does not run; the operator can see why with halftone config",
                    file + " does not say that it is tesseract: " + complaint(program));
        }
        SortedSet<String> languages =
                said(program, "--list-langs").map(TesseractSearch::languages).orElseGet(TreeSet::new);
        return languages.isEmpty()
                ? missing(
                        "text is not read here: Tesseract has no language; the operator can install one, such as"
                                + " tesseract-ocr-eng, and restart",
                        file + " has no language: install one, such as tesseract-ocr-eng, or set TESSDATA_PREFIX")
                : new Found.Usable(program, file, version, languages);
    }

    /// One thread a picture: the CPU turns are the parallelism.
    private static Map<String, String> bare(Map<String, String> environment) {
        Map<String, String> bare =
                new TreeMap<>(Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C", "OMP_THREAD_LIMIT", "1"));
        Optional.ofNullable(environment.get("TESSDATA_PREFIX"))
                .ifPresent(folder -> bare.put("TESSDATA_PREFIX", folder));
        return bare;
    }

    private static Optional<String> said(ChildProgram program, String question) {
        return program.run(List.of(question), new byte[0], MOST_SAID, TIME) instanceof ChildProgram.End.Exited end
                        && end.code() == 0
                ? Optional.of(new String(end.said(), StandardCharsets.UTF_8) + "\n" + end.complaint())
                : Optional.empty();
    }

    private static String complaint(ChildProgram program) {
        return switch (program.run(List.of("--version"), new byte[0], MOST_SAID, TIME)) {
            case ChildProgram.End.Exited(int code, byte[] said, String complaint) ->
                "it ended with " + code + " " + complaint.lines().findFirst().orElse("");
            case ChildProgram.End.NotRun(String reason) -> reason;
            case ChildProgram.End.TimedOut() -> "it did not end within " + TIME.toSeconds() + " s";
            case ChildProgram.End.SaidTooMuch() -> "it said too much";
        };
    }

    private static String version(String said) {
        Matcher version = VERSION.matcher(said);
        return version.find() ? version.group(1) : "";
    }

    /// A heading, then a code a line; older versions say so on standard error.
    private static SortedSet<String> languages(String said) {
        TreeSet<String> languages = new TreeSet<>();
        said.lines()
                .map(String::strip)
                .filter(line -> !NO_LANGUAGES.contains(line))
                .filter(line -> !line.contains(" ") && !line.contains(","))
                .filter(line -> Languages.parse(line).isPresent())
                .forEach(languages::add);
        return languages;
    }
}
