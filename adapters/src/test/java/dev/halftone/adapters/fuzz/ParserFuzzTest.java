package dev.halftone.adapters.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs Jazzer over each target in a JVM of its own, from the same seed each time. `./halftone test fuzz
/// MINUTES [csv|address|pipeline|transform]` runs it for longer and goes on from what earlier long runs found.
@Timeout(7200)
class ParserFuzzTest {
    private static final int LONGEST = 2_048;
    private static final String TARGET = "halftone.fuzz.target";

    @TempDir
    private Path temporary;

    private interface Body {
        boolean isTaken(byte[] input) throws IOException;
    }

    private enum Target {
        CSV(
                CsvFuzzTarget.class,
                CsvFuzzTarget::isTaken,
                "dev.halftone.adapters.csv.**",
                List.of(
                        "S. No.,Product Name,Input Image Urls\n1,SKU1,\"https://a.example/1.jpg,https://a.example/2.jpg\"\n",
                        "\ufeffsep=;\nNo;Name;Images;Colour\n1;=A;http://a.example/w_300,h_200/a.jpg http://b.example/;red\r\n",
                        "Handle\tTitle\tImage Src\n1\tShirt\thttp://a.example/1.jpg\n\t\thttp://a.example/2.jpg\n",
                        "1,SKU1,https://a.example/a,https://a.example/b\r2,SKU2,ftp://x\r",
                        "S. No.|Product|Images\n1|\"a\n\"\"b\"\"\"|http://u:p@a.example/a b.jpg;http://[::1]/\n"),
                List.of(
                        "https://a.example/",
                        ",\\\"",
                        "\\\"\\x0a",
                        "sep=",
                        "\\xef\\xbb\\xbf",
                        "\\xff\\xfe",
                        "\\x0d\\x0a",
                        "Image Urls")),
        ADDRESS(
                AddressFuzzTarget.class,
                AddressFuzzTarget::isTaken,
                "dev.halftone.domain.source.**:dev.halftone.domain.network.**:dev.halftone.adapters.outbound.**",
                List.of(
                        "http://img.example.com/a b.jpg?w=1#f",
                        "https://8.8.8.8:443/%2e%2e/x",
                        "http://[2001:4860:4860::8888]:80/",
                        "http://[::ffff:127.0.0.1]/",
                        "http://127.0.0.1@img.example.com/",
                        "HTTP://B\u00fccher.example./\u00e4",
                        "http://0177.0.0.1\\@a/",
                        "http://[fe80::5efe:10.0.0.1]/"),
                List.of(
                        "http://",
                        "https://",
                        "[::",
                        "::ffff:",
                        "127.0.0.1",
                        "0x7f",
                        "%00",
                        "@",
                        "\\x5c",
                        ":80",
                        "localhost",
                        "\\xe3\\x80\\x82")),
        PIPELINE(
                PipelineFuzzTarget.class,
                PipelineFuzzTarget::isTaken,
                "dev.halftone.domain.pipeline.**",
                List.of(
                        "[{\"operation\":\"resize\",\"width\":800,\"fit\":\"crop\",\"gravity\":\"north\"}]",
                        "[{\"operation\":\"crop\",\"params\":{\"left\":1,\"top\":2,\"width\":30,\"height\":40}},{\"operation\":\"trim\"}]",
                        "[{\"operation\":\"rotate\",\"degrees\":33.5},{\"operation\":\"pad\",\"left\":10,\"background\":\"#ff0\"}]",
                        "[{\"operation\":\"watermark\",\"text\":\"\u00a9 2026\",\"opacity\":0.4},{\"operation\":\"blur\",\"sigma\":2}]",
                        "[{\"operation\":\"compress\",\"quality\":50,\"format\":\"webp\",\"metadata\":\"copyright\"}]",
                        "[{\"operation\":\"format\",\"type\":\"png\",\"lossless\":true},{\"operation\":\"strip\"}]"),
                List.of(
                        "{\\\"operation\\\":\\\"",
                        "\\\"width\\\":",
                        "\\\"params\\\":{",
                        "1e9",
                        "-0",
                        "null",
                        "NaN",
                        "\\\"smartcrop\\\"",
                        "\\\"sharpen\\\"",
                        "\\\"flip\\\"")),
        TRANSFORM(
                TransformFuzzTarget.class,
                TransformFuzzTarget::isTaken,
                "dev.halftone.domain.transform.**:dev.halftone.domain.pipeline.**",
                List.of(
                        "w=300&h=200&fit=crop&crop=faces,entropy&dpr=2",
                        "rect=10,20,300,200&q=40&auto=format,compress",
                        "p=thumb&dl=a%20b.jpg&expires=1800000000&s=abc",
                        "txt=hello%0aworld&txt-size=20&txt-color=ff0000&mark-align=top,left",
                        "ar=16:9&fit=fill&bg=fff&rot=90&flip=hv&blur=20&sharp=10&pad=5&trim=auto&max-w=500",
                        "width=300&quality=50&format=webp"),
                List.of(
                        "w=",
                        "h=",
                        "fit=",
                        "crop=",
                        "rect=",
                        "&",
                        "%25",
                        "fp-x=0.5",
                        "dpr=",
                        "auto=format",
                        "1e9",
                        "bg=",
                        "ar=1:1"));

        private final Class<?> type;
        private final Body body;
        private final String instrumented;
        private final List<String> seeds;
        private final List<String> words;

        Target(Class<?> type, Body body, String instrumented, List<String> seeds, List<String> words) {
            this.type = type;
            this.body = body;
            this.instrumented = instrumented;
            this.seeds = seeds;
            this.words = words;
        }

        private String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What refuses everything would pass all that is asked of what it takes.
    @ParameterizedTest
    @EnumSource(Target.class)
    void takesSomeOfItsSeeds(Target target) throws Exception {
        int taken = 0;
        for (String seed : target.seeds) {
            taken += target.body.isTaken(seed.getBytes(UTF_8)) ? 1 : 0;
        }
        assertThat(taken).isGreaterThan(target.seeds.size() / 3);
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void answersOrRefusesWhateverComes(Target target) throws Exception {
        String only = System.getProperty(TARGET, "");
        assumeTrue(only.isEmpty() || only.equals(target.wire()), "another target was asked for");
        boolean isLong = System.getProperty(JazzerRun.SECONDS) != null;
        Path folder = Path.of("target", "fuzz", target.wire()).toAbsolutePath();
        Path found = isLong ? folder.resolve("found") : temporary.resolve("found");
        new JazzerRun(folder, found, target.type, target.instrumented)
                .run(Integer.getInteger(JazzerRun.SECONDS, 30), LONGEST, seeds(target), dictionary(target));
    }

    private Path seeds(Target target) throws IOException {
        Path seeds = Files.createDirectory(temporary.resolve("seeds"));
        int number = 0;
        for (String seed : target.seeds) {
            Files.writeString(seeds.resolve("seed-" + number++), seed);
        }
        return seeds;
    }

    private Path dictionary(Target target) throws IOException {
        List<String> lines = target.words.stream().map(word -> '"' + word + '"').toList();
        return Files.write(temporary.resolve("words.dict"), lines);
    }
}
