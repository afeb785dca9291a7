package dev.halftone.adapters.imaging.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.corpus.Corpus;
import dev.halftone.domain.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every bomb, every hostile file of the corpus, and damaged files of every format, in one process with a heap
/// of 512 MB. What was seen stands in `target/hostile/bombs.tsv`: how it ended as a batch's item, as an
/// upload, the good picture after it, milliseconds, the heap's highest use in MB, bytes.
class BombsTest {
    private static final Path SEEN = Path.of("target", "hostile", "bombs.tsv").toAbsolutePath();
    static final String CROWD = "six at once of 24 MP";

    static final String LEFT = "temporary files";

    static final Set<String> TYPED = Set.of(
            "done",
            "corrupt_image",
            "unsupported_format",
            "not_an_image",
            "too_large",
            "too_many_pixels",
            "processing_timeout");

    @TempDir
    private Path folder;

    /// How an image ended.
    private record Ending(String name, String compressed, String inspected, String good) {}

    @Test
    void eachEndsWithItsCodeAndTheNextPictureIsMade() throws Exception {
        Map<String, Bombs.Bomb> bombs = Bombs.all();
        List<Ending> endings = run();

        SoftAssertions softly = new SoftAssertions();
        for (Ending ending : endings) {
            Bombs.Bomb bomb = bombs.get(ending.name);
            softly.assertThat(ending.compressed)
                    .as(ending.name)
                    .isIn(bomb != null ? bomb.ends() : isSummary(ending.name) ? Set.of("done") : TYPED);
            softly.assertThat(ending.inspected)
                    .as("%s, as an upload", ending.name)
                    .isIn(TYPED);
            softly.assertThat(ending.good)
                    .as("a good picture after %s", ending.name)
                    .isEqualTo("done");
        }
        softly.assertAll();
        assertThat(endings)
                .extracting(Ending::name)
                .containsAll(bombs.keySet())
                .contains(CROWD, LEFT)
                .anyMatch(name -> isSummary(name) && name.startsWith("damaged "));
    }

    /// Not of one file.
    private static boolean isSummary(String name) {
        return name.equals(CROWD) || name.equals(LEFT) || name.startsWith("damaged ") && !name.contains(".");
    }

    private List<Ending> run() throws Exception {
        Files.createDirectories(SEEN.getParent());
        List<String> command = ChildJvm.command(
                List.of(
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"),
                BombRun.class.getName(),
                SEEN.toString());
        Path hostile = Corpus.FOLDER.resolve("hostile");
        if (Files.isDirectory(hostile)) {
            command.add(hostile.toAbsolutePath().toString());
        } else {
            System.out.println("corpus: no hostile images beside the checkout; the made ones are taken alone");
        }
        ChildJvm.run(command, folder.resolve("log.txt"));
        return Files.readAllLines(SEEN).stream()
                .map(line -> line.split("\t"))
                .map(cells -> new Ending(cells[0], cells[1], cells[2], cells[3]))
                .toList();
    }
}
