package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.csv.CsvManifestReader;
import dev.halftone.adapters.csv.CsvManifestWriter;
import dev.halftone.adapters.http.access.Door;
import dev.halftone.adapters.http.connection.ClientLimits;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.source.SourceReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// D24 and D25 of the test plan: CSVs as people and their enemies write them, over HTTP with the real reader and
/// writer.
class CsvOverHttpTest {
    private static final String HEADER = "S. No.,Product Name,Input Image Urls\n";
    private static final String ROW = "1,SKU1,https://shop.example/a.jpg\n";
    private static final ManifestLimits LIMITS = new ManifestLimits(4 << 20, 100_000, 20, 64 << 10, 50_000);

    private final RunningServer running = new RunningServer(new RunningServer.Setup(
            ClientLimits.DEFAULT,
            new CsvManifestReader(),
            new CsvManifestWriter(SourceReader.REMOTE, LIMITS),
            LIMITS,
            Door.OPEN));

    @AfterEach
    void stop() {
        running.close();
    }

    private HttpResponse<String> post(byte[] csv) {
        return running.postStream("/api/batches", csv, "Content-Type", "text/csv");
    }

    private HttpResponse<String> post(String csv) {
        return post(csv.getBytes(UTF_8));
    }

    private JsonNode taken(byte[] csv) {
        HttpResponse<String> response = post(csv);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return RunningServer.json(response);
    }

    /// Refused as a whole, with nothing stored.
    private JsonNode refused(byte[] csv, int status, String code) {
        JsonNode problem = assertProblem(post(csv), status, code);
        assertThat(running.objects.keys()).isEmpty();
        return problem;
    }

    /// Refused for one row.
    private void refusedRow(String csv, int line, String column, String code) {
        JsonNode error = refused(csv.getBytes(UTF_8), 422, "invalid_rows").at("/errors/0");
        assertThat(error.get("line").asInt()).isEqualTo(line);
        assertThat(error.path("column").asText()).isEqualTo(column);
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("detail").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesEveryLineEndWithAndWithoutMark(String end) {
        String csv = (HEADER + ROW + "2,\"SKU\n2\",\"https://shop.example/b.jpg\nhttps://shop.example/c.jpg\"\n")
                .replace("\n", end);
        for (String text : List.of(csv, "\uFEFF" + csv)) {
            JsonNode answer = taken(text.getBytes(UTF_8));
            assertThat(answer.get("totalProducts").asInt()).isEqualTo(2);
            assertThat(answer.get("totalImages").asInt()).isEqualTo(3);
        }
    }

    @Test
    void takesUtf16WithItsMarkAndNamesItWithout() {
        byte[] unmarked = (HEADER + ROW).getBytes(UTF_16LE);
        assertThat(taken(("\uFEFF" + HEADER + ROW).getBytes(UTF_16LE))
                        .get("totalImages")
                        .asInt())
                .isEqualTo(1);
        assertThat(taken(("\uFEFF" + HEADER + ROW).getBytes(UTF_16BE))
                        .get("totalImages")
                        .asInt())
                .isEqualTo(1);
        assertThat(assertProblem(post(unmarked), 422, "undecodable")
                        .get("detail")
                        .asText())
                .contains("UTF-16");
    }

    @Test
    void tellsTheLineOfAByteThatIsNotUtf8() {
        byte[] csv = (HEADER + "1,Caf\u00c3\u00a9,https://shop.example/a.jpg\n2,Caf\u00c3,https://shop.example/b.jpg\n")
                .getBytes(ISO_8859_1);
        JsonNode problem = refused(csv, 422, "undecodable");
        assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(3);
        assertThat(problem.get("detail").asText()).contains("0xC3");
    }

    @Test
    void tellsLineColumnAndCodeOfEveryBadCell() {
        refusedRow(HEADER + ROW + "2,SK\0U,https://shop.example/b.jpg\n", 3, "Product Name", "nul_character");
        refusedRow(HEADER + "1,SKU1,https://shop.example/a\0.jpg\n", 2, "Input Image Urls", "nul_character");
        refusedRow(
                HEADER + "1," + "x".repeat((64 << 10) + 1) + ",https://shop.example/a.jpg\n",
                2,
                "Product Name",
                "cell_too_long");
        refusedRow(HEADER + "1,SKU1,\n", 2, "Input Image Urls", "missing_url");
        refusedRow(HEADER + "1,,https://shop.example/a.jpg\n", 2, "Product Name", "missing_name");
        refusedRow(HEADER + "1,SKU1,javascript:alert(1)\n", 2, "Input Image Urls", "invalid_url");
        refusedRow(HEADER + "1,SKU1,http://\n", 2, "Input Image Urls", "invalid_url");
        refusedRow(
                HEADER + "1,SKU1,\"" + "https://shop.example/a.jpg ".repeat(21) + "\"\n",
                2,
                "Input Image Urls",
                "too_many_urls");
        refusedRow(HEADER + "1,SKU1\n", 2, "Input Image Urls", "short_row");
        refusedRow(HEADER + "1,SKU1,https://shop.example/a.jpg,x\n", 2, "", "surplus_fields");
    }

    @Test
    void namesTheLimitAndItsFigure() {
        String tooMany = HEADER + "1,S,http://h/a\n".repeat(50_001);
        JsonNode rows = refused(tooMany.getBytes(UTF_8), 422, "too_many_rows");
        assertThat(rows.at("/errors/0/line").asInt()).isEqualTo(50_002);
        assertThat(rows.get("detail").asText()).contains("50000", "HALFTONE_MAX_ROWS");

        String many = HEADER + ("1,S,\"" + "http://h/a ".repeat(20) + "\"\n").repeat(5_001);
        assertThat(refused(many.getBytes(UTF_8), 422, "too_many_items")
                        .get("detail")
                        .asText())
                .contains("100000", "HALFTONE_MAX_ITEMS");

        byte[] large = new byte[(4 << 20) + 1];
        Arrays.fill(large, (byte) 'x');
        assertThat(refused(large, 413, "too_many_bytes").get("detail").asText())
                .contains("4194304", "HALFTONE_MAX_CSV_BYTES");

        assertThat(post(HEADER + "1,SKU1,\"" + "https://shop.example/a.jpg ".repeat(21) + "\"\n")
                        .body())
                .contains("the limit is 20");
        assertThat(post(HEADER + "1," + "x".repeat(70_000) + ",https://shop.example/a.jpg\n")
                        .body())
                .contains("the limit is 65536");
        assertThat(taken((HEADER + "1,S,http://h/a\n".repeat(50_000)).getBytes(UTF_8))
                        .get("totalImages")
                        .asInt())
                .isEqualTo(50_000);
    }

    @Test
    void takesWhatIsOddButClear() {
        JsonNode none = taken("1,SKU1,https://shop.example/a.jpg\n2,SKU2,https://shop.example/b.jpg\n".getBytes(UTF_8));
        assertThat(none.get("warnings").findValuesAsText("code")).containsExactly("no_header");
        assertThat(taken((HEADER + "1,SKU1,https://shop.example/a b.jpg\n").getBytes(UTF_8))
                        .get("warnings")
                        .findValuesAsText("code"))
                .containsExactly("repaired_url");
        // A number is a label: what repeats it is another product.
        JsonNode twice = taken((HEADER + ROW + ROW.replace("SKU1", "SKU2")).getBytes(UTF_8));
        assertThat(twice.get("totalProducts").asInt()).isEqualTo(2);
    }

    @Test
    void tellsWhatIsNoCsvByItsFirstBytes() {
        for (String[] kind : new String[][] {
            {"PK\3\4\u0014\0\6\0", "Excel workbook (.xlsx)"},
            {"PK\5\6\0\0\0\0", "ZIP archive"},
            {"\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "old Excel workbook"},
            {"\u001f\u008b\b\0", "gzip"},
            {"%PDF-1.7\n", "PDF"},
            {"\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0", "image"},
            {"<!doctype html><script>alert(1)</script>", "HTML"}
        }) {
            byte[] file = (kind[0] + "x".repeat(50)).getBytes(ISO_8859_1);
            assertThat(refused(file, 422, "not_csv").get("detail").asText()).contains(kind[1], "not a CSV");
            HttpResponse<String> form = running.postForm(
                    "/api/batches", new Form().file("file", "products.csv", new String(file, ISO_8859_1)));
            if (kind[0].chars().allMatch(c -> c < 128)) {
                assertProblem(form, 422, "not_csv");
            }
        }
    }

    @Test
    void aSpreadsheetRunsNothingThatComesOut() throws IOException {
        List<String> names = List.of("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\0=1", "a=1", " =1", "'=1", "SKU-1");
        StringBuilder csv = new StringBuilder(HEADER);
        for (String name : names) {
            csv.append("=1,\"").append(name).append("\",https://shop.example/a.jpg\n");
        }
        String id = RunningServer.json(running.postCsv("/api/batches?onInvalidRows=skip", csv.toString()))
                .get("requestId")
                .asText();
        List<String> out =
                column(running.get("/api/batches/" + id + "/output.csv").body(), 1);
        assertThat(out)
                .containsExactly(
                        "Product Name",
                        "'=1+1",
                        "'+1",
                        "'-1",
                        "'@x",
                        "'\t=1",
                        "'\r=1",
                        "'\0=1",
                        "a=1",
                        " =1",
                        "'=1",
                        "SKU-1");
        assertThat(column(running.get("/api/batches/" + id + "/output.csv").body(), 0)
                        .subList(1, 12))
                .containsOnly("'=1");
        assertThat(column(
                                running.get("/api/batches/" + id + "/output.csv?raw=true")
                                        .body(),
                                1)
                        .subList(1, 12))
                .isEqualTo(names);
        assertThat(RunningServer.json(running.get("/api/batches/" + id + "/items"))
                        .get("items")
                        .findValuesAsText("product"))
                .startsWith("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "a=1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261121})
    void goodRowsComeBackAsTheyWere(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder();
        List<List<String>> sent = new ArrayList<>();
        sent.add(List.of("S. No.", "Product Name", "Input Image Urls"));
        for (int i = 1; i <= 300; i++) {
            sent.add(List.of(
                    text(random),
                    "P" + text(random),
                    "https://shop.example/" + i + ".jpg?" + text(random).replaceAll("[\\s,;|\\\\]", "")));
        }
        String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        try (var printer =
                CSVFormat.RFC4180.builder().setRecordSeparator(end).get().print(csv)) {
            printer.printRecords(sent);
        }
        String id = taken(csv.toString().getBytes(UTF_8)).get("requestId").asText();
        String out = running.get("/api/batches/" + id + "/output.csv?raw=true").body();
        assertThat(out).endsWith(end);
        for (int column = 0; column < 3; column++) {
            int at = column;
            assertThat(column(out, column))
                    .isEqualTo(sent.stream().map(row -> row.get(at)).toList());
        }
    }

    private static String text(Random random) {
        String letters = "abcXYZ09 ,;|\"'=+-@\t\n\r\u00e9\u00df\u5199\u2615<>&%/\\";
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.append('x').toString();
    }

    private static List<String> column(String csv, int column) throws IOException {
        try (CSVParser parser = CSVParser.parse(csv, CSVFormat.RFC4180)) {
            List<String> cells = new ArrayList<>();
            for (CSVRecord row : parser) {
                cells.add(row.get(column));
            }
            return cells;
        }
    }
}
