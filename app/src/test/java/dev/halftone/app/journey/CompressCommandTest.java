package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line as a newcomer uses it, as a process of its own.
class CompressCommandTest {
    private static final Path ROOT =
            Path.of(System.getProperty("halftone.root", "..")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Program.Ended compress(String... arguments) throws Exception {
        List<String> all =
                Stream.concat(Stream.of("compress"), Stream.of(arguments)).toList();
        return Program.run(folder, Map.of(), all.toArray(String[]::new));
    }

    @Test
    void doesTheRealJobOnTheSample() throws Exception {
        Program.Ended ended = compress(
                ROOT.resolve("samples/products.csv").toString(), "--out", "out.csv", "--images", "images", "--details");

        assertThat(ended.status()).as(ended.err()).isZero();
        List<String> lines = Files.readAllLines(folder.resolve("out.csv"));
        assertThat(lines).hasSize(11);
        assertThat(lines.get(0))
                .isEqualTo(
                        "S. No.,Product Name,Input Image Urls,Output Image Urls,Status,Errors,Input Bytes,Output Bytes,Saved %,Notes");
        assertThat(lines.get(1))
                .startsWith("1,Espresso cup,images/coffee.png,file:///")
                .contains("/espresso-cup-1.png");
        try (Stream<Path> images = Files.list(folder.resolve("images"))) {
            assertThat(images.toList()).hasSize(12).allSatisfy(image -> Pictures.decode(Files.readAllBytes(image)));
        }
        assertThat(Files.size(folder.resolve("images/espresso-cup-1.png")))
                .isLessThan(Files.size(ROOT.resolve("samples/images/coffee.png")) * 6 / 10);
        assertThat(ended.out()).contains("14 images of 10 products", "0 failed", "saved", "out.csv");
    }

    @Test
    void writesRenditionsIntoFoldersOfTheirOwn() throws Exception {
        Files.write(folder.resolve("good.jpg"), Pictures.jpeg(200, 100, 1));
        Files.writeString(folder.resolve("p.csv"), "S. No.,Product Name,Input Image Urls\n1,Cup,good.jpg\n");

        Program.Ended ended =
                compress("p.csv", "--renditions", "thumb:w=50&fm=png", "--base-url", "https://cdn.example");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("p-output.csv")))
                .containsExactly(
                        "S. No.,Product Name,Input Image Urls,Output Image Urls,Output Image Urls (thumb)",
                        "1,Cup,good.jpg,https://cdn.example/cup-1.jpg,https://cdn.example/thumb/cup-1.png");
        assertThat(Pictures.decode(Files.readAllBytes(folder.resolve("p-images/thumb/cup-1.png")))
                        .getWidth())
                .isEqualTo(50);
    }

    @Test
    void endsWithOneWhenAnImageFailed() throws Exception {
        Files.write(folder.resolve("good.jpg"), Pictures.jpeg(200, 100, 1));
        Files.writeString(
                folder.resolve("p.csv"), "S. No.,Product Name,Input Image Urls\n1,Cup,good.jpg\n2,Pot,missing.jpg\n");

        Program.Ended ended = compress("p.csv");

        assertThat(ended.status()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out()).contains("1 failed");
        List<String> lines = Files.readAllLines(folder.resolve("p-output.csv"));
        assertThat(lines.get(1)).contains("/p-images/cup-1.jpg");
        assertThat(lines.get(2)).isEqualTo("2,Pot,missing.jpg,");
    }

    @Test
    void endsWithTwoAndTheWholeListWhenRefused() throws Exception {
        Files.writeString(folder.resolve("p.csv"), "S. No.,Product Name,Input Image Urls\n1,,a.jpg\n2,Pot,\n");

        Program.Ended ended = compress("p.csv");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("line 2", "line 3", "--on-invalid-rows skip");
        assertThat(folder.resolve("p-output.csv")).doesNotExist();
    }

    @Test
    void namesABadOptionAndAMissingFile() throws Exception {
        Files.writeString(folder.resolve("p.csv"), "S. No.,Product Name,Input Image Urls\n1,A,a.jpg\n");

        assertThat(compress("p.csv", "--quality", "500"))
                .satisfies(ended -> assertThat(ended.status()).isEqualTo(2))
                .satisfies(ended -> assertThat(ended.err()).contains("--quality", "1 to 100", "500"));
        assertThat(compress("nowhere.csv").err()).contains("nowhere.csv");
    }
}
