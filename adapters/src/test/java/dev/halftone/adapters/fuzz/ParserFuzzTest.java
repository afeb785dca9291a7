package dev.halftone.adapters.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each target over its seeds and some thousand changes of them, the same each time. With
/// `./halftone test fuzz MINUTES [csv|address|pipeline|transform]` it is Jazzer that looks for them.
@Timeout(7200)
class ParserFuzzTest {
    private static final int INPUTS = 3_000;
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
                "dev.halftone.domain.source.**:dev.halftone.adapters.outbound.**",
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
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void answersOrRefusesWhateverComes(Target target) throws Exception {
        String seconds = System.getProperty(JazzerRun.SECONDS);
        if (seconds != null) {
            String only = System.getProperty(TARGET, "");
            assumeTrue(only.isEmpty() || only.equals(target.wire()), "another target was asked for");
            jazzer(target, Integer.parseInt(seconds));
            return;
        }
        Random random = new Random(20261121);
        long seeds = 0;
        for (String seed : target.seeds) {
            seeds += target.body.isTaken(seed.getBytes(UTF_8)) ? 1 : 0;
        }
        int taken = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = changed(target, random);
            try {
                taken += target.body.isTaken(input) ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(i + ": \"" + new String(input, UTF_8) + '"', e);
            }
        }
        // What refuses everything would pass all that is asked of what it takes.
        assertThat(seeds).as("seeds that are taken").isGreaterThan(target.seeds.size() / 3);
        assertThat(taken).as("changed inputs that are taken").isBetween(INPUTS / 50, INPUTS * 49 / 50);
    }

    private void jazzer(Target target, int seconds) throws Exception {
        Path seeds = Files.createDirectory(temporary.resolve("seeds"));
        int number = 0;
        for (String seed : target.seeds) {
            Files.writeString(seeds.resolve("seed-" + number++), seed);
        }
        Path dictionary = temporary.resolve("words.dict");
        Files.write(
                dictionary, target.words.stream().map(word -> '"' + word + '"').toList());
        Path folder = Path.of("target", "fuzz", target.wire()).toAbsolutePath();
        new JazzerRun(folder, folder.resolve("found"), target.type, target.instrumented)
                .run(seconds, LONGEST, seeds, dictionary);
    }

    /// A seed, or pieces of two and of the words, with bytes changed, doubled and left out. Half of them are whole:
    /// two halves of JSON hardly ever make one.
    private static byte[] changed(Target target, Random random) {
        byte[] one = any(target.seeds, random).getBytes(UTF_8);
        byte[] other = any(target.seeds, random).getBytes(UTF_8);
        byte[] joined = random.nextBoolean() ? one : halves(target, one, other, random);
        for (int i = random.nextInt(5); i > 0 && joined.length > 0; i--) {
            joined[random.nextInt(joined.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : any(other, random));
        }
        return joined;
    }

    private static byte[] halves(Target target, byte[] one, byte[] other, Random random) {
        byte[] first = Arrays.copyOf(one, random.nextInt(one.length + 1));
        byte[] more =
                random.nextInt(4) == 0 ? join(first, any(target.words, random).getBytes(UTF_8)) : first;
        return join(more, Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
    }

    private static byte any(byte[] bytes, Random random) {
        return bytes[random.nextInt(bytes.length)];
    }

    private static String any(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
