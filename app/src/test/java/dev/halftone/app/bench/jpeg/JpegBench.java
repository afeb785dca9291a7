package dev.halftone.app.bench.jpeg;

import dev.halftone.app.bench.Arguments;
import dev.halftone.app.bench.jpeg.side.HalftoneSide;
import dev.halftone.app.bench.jpeg.side.ImageIoSide;
import dev.halftone.app.bench.jpeg.side.SharpSide;
import dev.halftone.app.bench.jpeg.side.Side;
import dev.halftone.app.bench.jpeg.side.TurboSide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `./halftone bench jpeg`: our codec beside ImageIO, libjpeg-turbo's programs and, with `--peer DIR`, sharp.
/// `--speed` gives CPU time and bytes, `--bd` bytes at equal similarity; without either, speed.
public final class JpegBench {
    private static final Set<String> OPTIONS = Set.of(
            "images", "rounds", "peer", "quality", "classes", "mode", "against", "sharp", "core", "speed", "bd", "dump",
            "bare");

    private JpegBench() {}

    public static void main(String[] arguments) throws Exception {
        Arguments asked = Arguments.of(arguments).only(OPTIONS);
        int quality = asked.number("quality", 50);
        int rounds = asked.number("rounds", 7);
        if (quality < 1 || quality > 100 || rounds < 5) {
            throw new IllegalArgumentException("--quality is 1 to 100 and --rounds at least 5");
        }
        List<PhotoClass> classes = PhotoClass.named(asked.list("classes", List.of()));
        HalftoneSide.Mode mode = HalftoneSide.mode(asked.text("mode", "default"));
        List<String> notes = new ArrayList<>();
        List<Photo> photos = Photo.in(places(asked), notes).stream()
                .filter(photo -> classes.stream().anyMatch(wanted -> wanted.holds(photo)))
                .toList();
        List<String> pinned = pin(asked);
        Side ours = new HalftoneSide(mode);
        Side floor = new HalftoneSide(HalftoneSide.Mode.LOSSLESS);
        List<Side> others = others(asked, pinned, notes);
        List<Side> sides = new ArrayList<>(List.of(ours, floor));
        sides.addAll(others);
        try (BareSource bare = BareSource.create()) {
            System.out.println(Conditions.markdown(arguments, sides, Optional.ofNullable(peer(asked))));
            List<Photo> sources = asked.has("bare") ? bare.of(photos) : photos;
            if (asked.has("speed") || !asked.has("bd")) {
                SpeedRun run = new SpeedRun(sides, sources, quality);
                run.run(rounds);
                System.out.printf(
                        "Speed and bytes at quality %d, medians of %d rounds, interleaved file by file%s.%n%n",
                        quality, rounds, pinned.isEmpty() ? "" : ", all on core " + pinned.getLast());
                System.out.println(new SpeedReport(run, ours, others, floor).markdown(classes));
            }
            if (asked.has("bd")) {
                bd(asked, sources, ours, others, classes);
            }
            notes.forEach(note -> System.out.println("- " + note));
            System.out.println(Conditions.load());
        } finally {
            sides.forEach(Side::close);
        }
    }

    private static void bd(Arguments asked, List<Photo> photos, Side ours, List<Side> others, List<PhotoClass> classes)
            throws IOException {
        int quality = asked.number("quality", 50);
        List<Side> sides = new ArrayList<>(List.of(ours));
        sides.addAll(others);
        QualityRun run = new QualityRun(sides, photos, quality);
        run.run();
        System.out.println("Bytes at equal similarity: qualities 30, 40 … 80, every output decoded by ImageIO and"
                + " compared with the decoded input.\n");
        System.out.println(new QualityReport(run, ours, others, quality).markdown(classes));
        if (asked.has("dump")) {
            Files.write(
                    Path.of(asked.text("dump", "")),
                    photos.stream().flatMap(run::details).toList());
        }
    }

    private static List<Path> places(Arguments asked) {
        Path root = Path.of(System.getenv().getOrDefault("HALFTONE_ROOT", "."));
        return asked
                .list(
                        "images",
                        List.of(root.resolve("../shared/corpora/bench/jpeg").toString()))
                .stream()
                .map(place -> Path.of(place).normalize())
                .toList();
    }

    private static List<Side> others(Arguments asked, List<String> pinned, List<String> notes) throws IOException {
        List<Side> others = new ArrayList<>();
        for (String word : asked.list("against", List.of("sharp", "imageio", "turbo"))) {
            switch (word) {
                case "sharp" -> {
                    Path peer = peer(asked);
                    if (peer == null) {
                        notes.add("Without --peer DIR, sharp was left out.");
                    } else {
                        others.add(new SharpSide(peer, asked.text("sharp", "{}"), pinned));
                    }
                }
                case "imageio" -> others.add(new ImageIoSide());
                case "turbo" -> {
                    if (onPath("djpeg") && onPath("cjpeg")) {
                        others.add(new TurboSide(pinned));
                    } else {
                        notes.add("Without djpeg and cjpeg (libjpeg-turbo-progs) on the path, they were left out.");
                    }
                }
                default ->
                    throw new IllegalArgumentException("--against knows sharp, imageio and turbo; found " + word);
            }
        }
        return others;
    }

    private static @org.jspecify.annotations.Nullable Path peer(Arguments asked) {
        return asked.has("peer") ? Path.of(asked.text("peer", "")) : null;
    }

    /// Pins this thread, and what it starts, to one core. The words that pin a command, or none where this
    /// machine cannot.
    private static List<String> pin(Arguments asked) throws IOException, InterruptedException {
        if (!onPath("taskset")) {
            return List.of();
        }
        String core = Integer.toString(asked.number("core", Runtime.getRuntime().availableProcessors() - 1));
        String thread = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
        int exit = new ProcessBuilder("taskset", "-cp", core, thread)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalArgumentException("--core " + core + " is not a core of this machine");
        }
        return List.of("taskset", "-c", core);
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
