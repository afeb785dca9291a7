package dev.halftone.adapters.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputRow.Cell;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.source.SourceReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvManifestWriterTest {
    private static final String HEADER = "S. No.,Product Name,Input Image Urls\n";
    private static final OutputStyle DETAILS = new OutputStyle(true, false);
    private static final OutputStyle RAW = new OutputStyle(false, true);

    private static final Cell FAILED =
            new Cell(Optional.empty(), "failed", Optional.of("http_status: the host answered 404"), 0, 0, List.of());
    private static final Cell PENDING = new Cell(Optional.empty(), "pending", Optional.empty(), 0, 0, List.of());

    private static Cell done(String url) {
        return noted(url, List.of());
    }

    private static Cell noted(String url, List<String> notes) {
        return new Cell(Optional.of(url), "completed", Optional.empty(), 1000, 250, notes);
    }

    private static String exported(String csv, OutputStyle style, Cell... cells) {
        return Reading.exported(csv.getBytes(UTF_8), style, index -> new OutputRow(List.of(cells)));
    }

    @Test
    void addsTheOutputsAsOneMoreColumn() {
        assertThat(Reading.exported(HEADER + "1,SKU1,\"http://h/a.jpg,http://h/b.jpg\"\n2,SKU2,http://h/c.jpg\n"))
                .isEqualTo("""
                        S. No.,Product Name,Input Image Urls,Output Image Urls
                        1,SKU1,"http://h/a.jpg,http://h/b.jpg","http://o/0-1.jpg, http://o/0-2.jpg"
                        2,SKU2,http://h/c.jpg,http://o/1-1.jpg
                        """);
    }

    @Test
    void aFailedImageLeavesItsPlaceEmpty() {
        String csv = HEADER + "1,a,\"http://h/a http://h/b http://h/c\"\n";
        assertThat(exported(csv, OutputStyle.PLAIN, done("u1"), FAILED, done("u3")))
                .endsWith(",\"u1, , u3\"\n");
        assertThat(exported(csv, OutputStyle.PLAIN, FAILED, done("u2"), FAILED)).endsWith(",\", u2, \"\n");
        assertThat(exported(csv, OutputStyle.PLAIN, FAILED, PENDING, FAILED)).endsWith(",\", , \"\n");
        assertThat(exported(csv, OutputStyle.PLAIN, FAILED)).endsWith(",\n");
    }

    @Test
    void aRenditionHasAColumnBehindTheOutputs() {
        String csv = HEADER + "1,a,\"http://h/a http://h/b\"\n";
        OutputStyle style = DETAILS.withRenditions(List.of("main", "thumb"));
        Cell whole = new Cell(
                Optional.of("u1"),
                "completed",
                Optional.empty(),
                1000,
                250,
                List.of(),
                Map.of("thumb", "t1", "main", "m1"));
        Cell part =
                new Cell(Optional.of("u2"), "completed", Optional.empty(), 1000, 250, List.of(), Map.of("main", "m2"));
        String written = exported(csv, style, whole, part);

        assertThat(written)
                .startsWith("S. No.,Product Name,Input Image Urls,Output Image Urls,Output Image Urls (main),"
                        + "Output Image Urls (thumb),Status,Errors,")
                .endsWith(",\"u1, u2\",\"m1, m2\",\"t1, \",completed,,2000,500,75.0,\n");
        assertThat(exported(written, OutputStyle.PLAIN, done("v1"), done("v2")))
                .isEqualTo("S. No.,Product Name,Input Image Urls,Output Image Urls\n"
                        + "1,a,http://h/a http://h/b,\"v1, v2\"\n");
    }

    @Test
    void detailsTellStatusErrorsAndSavings() {
        String csv = HEADER + "1,a,\"http://h/a http://h/b http://h/c\"\n";
        assertThat(exported(csv, DETAILS, done("u1"), FAILED, done("u3")))
                .startsWith("S. No.,Product Name,Input Image Urls,Output Image Urls,Status,Errors,Input Bytes,"
                        + "Output Bytes,Saved %,Notes\n")
                .endsWith(",\"u1, , u3\",\"completed, failed, completed\","
                        + "image 2: http_status: the host answered 404,2000,500,75.0,\n");
        assertThat(exported(csv, DETAILS, FAILED)).endsWith(",,failed,http_status: the host answered 404,,,,\n");
        assertThat(exported(csv, DETAILS, PENDING, PENDING)).endsWith(",\", \",pending,,,,,\n");
    }

    @Test
    void detailsTellWhatToKnowOfAnOutput() {
        String csv = HEADER + "1,a,\"http://h/a http://h/b\"\n";
        Cell noted = noted("u2", List.of("targetBytes=20 not reached", "animated"));
        assertThat(exported(csv, DETAILS, done("u1"), noted))
                .endsWith(",75.0,image 2: targetBytes=20 not reached; animated\n");
        assertThat(exported(HEADER + "1,a,http://h/a\n", DETAILS, noted))
                .endsWith(",75.0,targetBytes=20 not reached; animated\n");
    }

    @Test
    void skippedRowsComeBackWithTheirReason() {
        String csv = HEADER + "1,a,nope\n2,b,http://h/b.jpg,left,over\n3,,http://h/c.jpg\n4,d\n";
        assertThat(exported(csv, DETAILS).lines())
                .element(1)
                .asString()
                .startsWith("1,a,nope,,skipped,\"invalid_url: ");
        assertThat(exported(csv, DETAILS).lines())
                .element(2)
                .asString()
                .startsWith("2,b,http://h/b.jpg,,skipped,\"surplus_fields: ")
                .endsWith(",,,,,left,over");
        assertThat(exported(csv, DETAILS).lines()).element(4).asString().startsWith("4,d,,,skipped,\"short_row: ");
        assertThat(exported(csv, OutputStyle.PLAIN)).contains("\n1,a,nope,\n").endsWith("\n4,d,,\n");
    }

    @Test
    void passwordsOfRefusedAddressesDoNotTravelOn() {
        assertThat(exported(HEADER + "1,a,\"http://h/a@b.jpg, http://u:secret@h/a.jpg;x\"\n", DETAILS))
                .doesNotContain("secret")
                .contains("\"http://h/a@b.jpg, http://***@h/a.jpg;x\"");
    }

    @Test
    void keepsDelimiterLineEndsColumnsAndSeparatorLine() {
        assertThat(Reading.exported("sep=;\r\nID;Colour;Images;Name\r\n1; red ;http://h/a,b.jpg;Mug\r\n"))
                .isEqualTo("sep=;\r\nID;Colour;Images;Name;Output Image Urls\r\n"
                        + "1;\" red \";http://h/a,b.jpg;Mug;http://o/0-1.jpg\r\n");
        assertThat(Reading.exported("S. No.\tProduct Name\tInput Image Urls\r1\ta\thttp://h/a.jpg"))
                .isEqualTo(
                        "S. No.\tProduct Name\tInput Image Urls\tOutput Image Urls\r1\ta\thttp://h/a.jpg\thttp://o/0-1.jpg\r");
    }

    @Test
    void keepsLineBreaksAndQuotesInCells() {
        String row = "1,\"two\r\nlines, \"\"quoted\"\"\",http://h/a.jpg";
        assertThat(Reading.exported(HEADER + row + "\n")).contains("\n" + row + ",http://o/0-1.jpg\n");
    }

    @Test
    void blankRowsStayAndEmptyLinesGo() {
        assertThat(Reading.exported(HEADER + "1,a,http://h/a.jpg\n\n,,\n \n2,b,http://h/b.jpg\n"))
                .isEqualTo("S. No.,Product Name,Input Image Urls,Output Image Urls\n"
                        + "1,a,http://h/a.jpg,http://o/0-1.jpg\n,,,\n2,b,http://h/b.jpg,http://o/1-1.jpg\n");
    }

    @Test
    void anUnquotedListComesOutInOneCell() {
        assertThat(Reading.exported(HEADER + "1,a,http://h/a.jpg, http://h/b.jpg\n"))
                .endsWith("\n1,a,\"http://h/a.jpg, http://h/b.jpg\",\"http://o/0-1.jpg, http://o/0-2.jpg\"\n");
    }

    @Test
    void aFileWithoutHeaderGetsNone() {
        assertThat(Reading.exported("1,a,http://h/a.jpg,red\n2,b,http://h/b.jpg\n"))
                .isEqualTo("1,a,http://h/a.jpg,red,http://o/0-1.jpg\n2,b,http://h/b.jpg,,http://o/1-1.jpg\n");
    }

    @Test
    void anEarlierRunsColumnsAreReplaced() {
        String once =
                exported(HEADER.replace("Urls\n", "Urls,Status\n") + "1,a,http://h/a.jpg,mine\n", DETAILS, done("old"));
        assertThat(exported(once, OutputStyle.PLAIN, done("new")))
                .isEqualTo(
                        "S. No.,Product Name,Input Image Urls,Status,Output Image Urls\n1,a,http://h/a.jpg,mine,new\n");
        assertThat(exported(once, DETAILS, done("new"))).isEqualTo(once.replace("old", "new"));
        String withoutNotes = once.replace(",Notes", "").replace("75.0,", "75.0");
        assertThat(exported(withoutNotes, DETAILS, done("new"))).isEqualTo(once.replace("old", "new"));
    }

    @Test
    void utf8ComesOutWithAMarkOnlyWhereOneCameIn() {
        String csv = HEADER + "1,Café,http://h/a.jpg\n";
        String expected =
                "S. No.,Product Name,Input Image Urls,Output Image Urls\n1,Café,http://h/a.jpg,http://o/0-1.jpg\n";
        assertThat(Reading.exported(csv)).isEqualTo(expected);
        assertThat(Reading.exported("\uFEFF" + csv)).isEqualTo("\uFEFF" + expected);
        assertThat(Reading.exported(("\uFEFF" + csv).getBytes(UTF_16LE), OutputStyle.PLAIN))
                .isEqualTo("\uFEFF" + expected);
        assertThat(Reading.exported(csv.getBytes(Charset.forName("windows-1252")), OutputStyle.PLAIN))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49 30", "-5", "@SUM(1)", "\t=1", "\r=1"})
    void cellsThatASpreadsheetWouldRunGetAnApostrophe(String cell) {
        byte[] csv = (HEADER + "1,\"" + cell + "\",http://h/a.jpg\n").getBytes(UTF_8);
        assertThat(Reading.of(Reading.exported(csv, OutputStyle.PLAIN))
                        .rows()
                        .getFirst()
                        .product())
                .isEqualTo("'" + cell);
        assertThat(Reading.of(Reading.exported(csv, RAW)).rows().getFirst().product())
                .isEqualTo(cell);
    }

    @Test
    void plainCellsGetNoApostrophe() {
        assertThat(Reading.exported(HEADER + "1,a=b,http://h/a.jpg\n2,'=1,http://h/b.jpg\n"))
                .contains("\n1,a=b,")
                .contains("\n2,'=1,");
    }

    @Test
    void asksForEachFilledRowOnceInOrder() {
        List<Integer> asked = new ArrayList<>();
        byte[] csv = (HEADER + "1,a,http://h/a.jpg\n\n,,\n2,,nope\n,,\n3,c,http://h/c.jpg\n,,http://h/d.jpg\n")
                .getBytes(UTF_8);
        Reading.exported(csv, DETAILS, index -> {
            asked.add(index);
            return new OutputRow(List.of());
        });
        assertThat(asked).containsExactly(0, 1, 2, 3);
        assertThat(Reading.of(csv).rows()).extracting("index").containsExactly(0, 2, 3);
    }

    @Test
    void writesAFileThatWasAcceptedUnderAHigherLimit() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvManifestWriter(SourceReader.REMOTE, new ManifestLimits(10, 1, 1, 100))
                .write(
                        new ByteArrayInputStream((HEADER + "1,a,http://h/a.jpg\n").getBytes(UTF_8)),
                        index -> new OutputRow(List.of(done("u"))),
                        OutputStyle.PLAIN,
                        out);
        assertThat(out.toString(UTF_8)).endsWith("\n1,a,http://h/a.jpg,u\n");
    }
}
