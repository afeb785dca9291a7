package dev.halftone.adapters.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.halftone.adapters.csv.text.CsvRecords;
import dev.halftone.adapters.csv.text.CsvText;
import dev.halftone.adapters.csv.text.TextLimits;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import dev.halftone.domain.manifest.OutputStyle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every CSV of the shared corpus gives what the corpus says of it.
class CsvCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("halftone.root", ".."))
            .resolve("../shared/corpora")
            .normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Files that are refused as a whole, and why.
    private static final Map<String, Reason> REFUSED = new HashMap<>();

    /// Files that are refused for their rows: `line code` of every problem.
    private static final Map<String, List<String>> BAD_ROWS = new TreeMap<>();

    static {
        REFUSED.put("bom-only.csv", Reason.EMPTY);
        REFUSED.put("empty.csv", Reason.EMPTY);
        REFUSED.put("header-only.csv", Reason.NO_ROWS);
        REFUSED.put("is-html.csv", Reason.NOT_CSV);
        REFUSED.put("is-jpeg.csv", Reason.NOT_CSV);
        REFUSED.put("is-xlsx.csv", Reason.NOT_CSV);
        REFUSED.put("duplicate-header.csv", Reason.DUPLICATE_COLUMN);
        REFUSED.put("missing-column.csv", Reason.NO_IMAGE_COLUMN);
        REFUSED.put("wrong-header.csv", Reason.NO_IMAGE_COLUMN);
        REFUSED.put("text-after-closing-quote.csv", Reason.MALFORMED_QUOTE);
        REFUSED.put("unclosed-quote-last-row.csv", Reason.UNCLOSED_QUOTE);
        REFUSED.put("real/spree-products.csv", Reason.NO_IMAGE_COLUMN);
        BAD_ROWS.put("blank-name.csv", List.of("2 missing_name"));
        BAD_ROWS.put("blank-urls.csv", List.of("2 missing_url"));
        BAD_ROWS.put("nul-bytes.csv", List.of("2 nul_character"));
        BAD_ROWS.put("short-row.csv", List.of("3 short_row"));
        BAD_ROWS.put("urls-not-urls.csv", invalidUrls(2, 3, 4, 5));
        BAD_ROWS.put("urls-schemes.csv", invalidUrls(2, 3, 4, 5, 6, 7));
        // Addresses that programs read differently never reach the address policy; neither do user names.
        BAD_ROWS.put("urls-ssrf.csv", invalidUrls(7, 8, 9, 10, 18, 19));
        BAD_ROWS.put("urls-odd-but-valid.csv", invalidUrls(12));
    }

    @TestFactory
    Stream<DynamicTest> everyFileGivesWhatTheManifestSays() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            System.out.println("corpus: no CSVs beside the checkout; their suite is left out");
            return Stream.empty();
        }
        return Files.readAllLines(CORPUS.resolve("MANIFEST.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[0].matches("csv/.*\\.(csv|tsv)"))
                .map(cells -> DynamicTest.dynamicTest(cells[0], () -> check(cells[0].substring(4), cells[6])));
    }

    private void check(String name, String kind) throws IOException {
        Path file = CORPUS.resolve("csv").resolve(name);
        Reading reading = Reading.of(Files.readAllBytes(file));
        if (kind.equals("parser")) {
            assertThat(reading.rows()).isEmpty();
            assertThat(reading.refused()).isPresent();
            checkParsed(file);
        } else if (REFUSED.containsKey(name)) {
            assertThat(reading.refusal().reason()).isEqualTo(REFUSED.get(name));
        } else if (BAD_ROWS.containsKey(name)) {
            assertThat(reading.problemsByLine()).isEqualTo(BAD_ROWS.get(name));
        } else if (!name.startsWith("real/")) {
            // no-header.csv too: the corpus would refuse it, but the specification reads its columns by position.
            assertThat(reading.problems()).isEmpty();
            Path expected = CORPUS.resolve("csv/expected/" + name.replace("no-header", "canonical") + ".expected.json");
            assertThat(JSON.valueToTree(reading.table()).toPrettyString())
                    .isEqualTo(JSON.readTree(expected.toFile()).toPrettyString());
        }
    }

    /// csv-spectrum tells how each of its files parses. Its CRLF files lost their CRs on the way into the corpus.
    private static void checkParsed(Path file) throws IOException {
        Path expected = file.resolveSibling(file.getFileName().toString().replace(".csv", ".json"));
        if (!file.toString().contains("spectrum") || !Files.exists(expected)) {
            return;
        }
        CsvText text = CsvText.open(
                new ByteArrayInputStream(Files.readAllBytes(file)),
                TextLimits.of(ManifestLimits.DEFAULT),
                first -> 0,
                assumption -> {});
        List<List<String>> cells = new ArrayList<>();
        for (Optional<CsvRecords.Line> line = text.next(); line.isPresent(); line = text.next()) {
            cells.add(line.get().cells());
        }
        JsonNode objects = JSON.readTree(expected.toFile());
        assertThat(cells).hasSize(objects.size() + 1);
        for (int i = 0; i < objects.size(); i++) {
            for (int column = 0; column < cells.getFirst().size(); column++) {
                assertThat(cells.get(i + 1).get(column))
                        .isEqualTo(objects.get(i)
                                .get(cells.getFirst().get(column))
                                .textValue()
                                .replace("\r\n", "\n"));
            }
        }
    }

    @Test
    void refusalsNameWhatToDo() throws IOException {
        assertThat(read("is-html.csv").refusal()).hasMessageContaining("HTML").hasMessageContaining("Input Image Urls");
        assertThat(read("is-jpeg.csv").refusal()).hasMessageContaining("image (jpeg)");
        assertThat(read("is-xlsx.csv").refusal()).hasMessageContaining(".xlsx");
        assertThat(read("missing-column.csv").refusal()).hasMessageContaining("Input Image Urls");
        assertThat(read("wrong-header.csv").refusal())
                .hasMessageContaining("S. No.")
                .hasMessageContaining("Product Name")
                .hasMessageContaining("Input Image Urls");
        assertThat(read("text-after-closing-quote.csv").refusal().line()).hasValue(2);
        assertThat(read("unclosed-quote-last-row.csv").refusal().line()).hasValue(3);
    }

    @Test
    void readsRealFilesOfPublicRepositories() throws IOException {
        assertThat(read("real/hekcha-file.csv").table()).hasSize(2);
        assertThat(read("real/hekcha-file1.csv").table()).hasSize(2);
        assertThat(read("real/hekcha-products.csv").rows())
                .allMatch(row -> row.images().size() == 3);
        Reading packt = read("real/packt-shopify-product-data.csv");
        assertThat(packt.problems()).isEmpty();
        assertThat(packt.rows()).isNotEmpty().allMatch(row -> !row.product().isBlank());
        assertThat(read("real/gatsby-shopify-products.csv").rows()).hasSizeGreaterThan(10);
    }

    @Test
    void oddAddressesAreReadAsOne() throws IOException {
        Reading odd = read("urls-odd-but-valid.csv");
        assertThat(odd.rows())
                .filteredOn(row -> row.line() < 16)
                .allMatch(row -> row.images().size() == 1);
        assertThat(odd.rows())
                .filteredOn(row -> row.line() == 16)
                .allMatch(row -> row.images().size() == 2);
        assertThat(odd.problems().getFirst().message()).doesNotContain("pass@").contains("***@");
    }

    @TestFactory
    Stream<DynamicTest> whatIsReadComesBackWithOneMoreColumn() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(CORPUS.resolve("csv/expected"))) {
            return files
                    .map(path -> path.getFileName().toString().replace(".expected.json", ""))
                    .sorted()
                    .toList()
                    .stream()
                    .map(name -> DynamicTest.dynamicTest(name, () -> checkExport(name)));
        }
    }

    private void checkExport(String name) throws IOException {
        byte[] upload = Files.readAllBytes(CORPUS.resolve("csv").resolve(name));
        String output = Reading.exported(upload, new OutputStyle(false, true));
        assertThat(Reading.of(output).table()).isEqualTo(Reading.of(upload).table());
        assertThat(output.lines().findFirst().orElseThrow()).contains("Output Image Urls");
    }

    private static Reading read(String name) throws IOException {
        return Reading.of(Files.readAllBytes(CORPUS.resolve("csv").resolve(name)));
    }

    private static List<String> invalidUrls(int... lines) {
        return java.util.Arrays.stream(lines)
                .mapToObj(line -> line + " invalid_url")
                .toList();
    }
}
