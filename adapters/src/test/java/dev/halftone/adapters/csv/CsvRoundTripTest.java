package dev.halftone.adapters.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random CSVs: the columns of what is written are those of what was read, and nothing but a refusal gets out.
class CsvRoundTripTest {
    private static final String[] PIECES = {
        "a",
        "Mug",
        "é",
        "日本",
        "👕",
        " ",
        ",",
        ";",
        "|",
        "\t",
        "\"",
        "\n",
        "\r",
        "\r\n",
        "'",
        "=",
        "0",
        "http",
        "https://h/"
    };
    private static final Charset[] CHARSETS = {
        UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("windows-1252")
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void columnsComeBackAsTheyWere(long seed) throws Exception {
        Random random = new Random(seed);
        for (int run = 0; run < 60; run++) {
            char delimiter = ",;\t|".charAt(random.nextInt(4));
            String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
            List<List<String>> table = table(random);
            String csv = table.stream()
                            .map(row -> row.stream()
                                    .map(cell -> written(cell, random))
                                    .collect(Collectors.joining(String.valueOf(delimiter))))
                            .collect(Collectors.joining(lineEnd))
                    + lineEnd;
            String output = Reading.exported(csv.getBytes(UTF_8), new OutputStyle(false, true));
            List<List<String>> expected = new ArrayList<>();
            for (int i = 0; i < table.size(); i++) {
                List<String> row = new ArrayList<>(table.get(i));
                row.add(i == 0 ? "Output Image Urls" : "http://o/" + (i - 1) + "-1.jpg");
                expected.add(row);
            }
            assertThat(parsed(output, delimiter))
                    .as("seed %s run %s: %s", seed, run, csv)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingButARefusalGetsOut(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 250; run++) {
            byte[] bytes = run % 2 == 0 ? noise(random) : damaged(random);
            assertThatCode(() -> readAndWrite(bytes))
                    .as("seed %s run %s: %s", seed, run, new String(bytes, StandardCharsets.ISO_8859_1))
                    .doesNotThrowAnyException();
        }
    }

    private static void readAndWrite(byte[] bytes) throws Exception {
        Reading reading = Reading.of(bytes);
        assertThat(reading.summary().isPresent()).isNotEqualTo(reading.refused().isPresent());
        List<Integer> asked = new ArrayList<>();
        try {
            new CsvManifestWriter()
                    .write(
                            new ByteArrayInputStream(bytes),
                            index -> {
                                asked.add(index);
                                return new OutputRow(List.of());
                            },
                            new OutputStyle(true, false),
                            java.io.OutputStream.nullOutputStream());
        } catch (ManifestRefused refused) {
            assertThat(reading.refused()).isPresent();
            return;
        }
        reading.summary().ifPresent(summary -> assertThat(asked).hasSize((int) summary.rows()));
        assertThat(asked)
                .containsAll(reading.rows().stream().map(row -> row.index()).toList());
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] damaged(Random random) {
        StringBuilder csv = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "")
                .append(List.of("", "", "sep=;", "sep=|\r\n", "\"sep=,\"\n").get(random.nextInt(5)))
                .append(random.nextInt(4) == 0 ? "" : "S. No.,Product Name,Input Image Urls\n");
        for (int i = random.nextInt(60); i > 0; i--) {
            csv.append(PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] bytes = csv.toString().getBytes(CHARSETS[random.nextInt(CHARSETS.length)]);
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /// A header and rows with a number, a name, one image and two columns of anything.
    private static List<List<String>> table(Random random) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("No", "Extra", "Product Name", "Input Image Urls", "More"));
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            rows.add(List.of(
                    String.valueOf(i),
                    text(random),
                    "n" + text(random),
                    "https://h/" + i + ",w_3/a.jpg",
                    text(random)));
        }
        return rows;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String written(String cell, Random random) {
        boolean needed = cell.chars().anyMatch(c -> ",;|\t\"\n\r".indexOf(c) >= 0) || !cell.equals(cell.strip());
        return needed || random.nextInt(4) == 0 ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    private static List<List<String>> parsed(String csv, char delimiter) throws Exception {
        CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
        try (CSVParser parser = CSVParser.parse(new StringReader(csv), format)) {
            return parser.stream().map(CSVRecord::toList).toList();
        }
    }
}
