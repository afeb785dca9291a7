package dev.halftone.adapters.csv;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.source.LocalSources;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvManifestReaderTest {
    private static final String HEADER = "S. No.,Product Name,Input Image Urls\n";
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    // Encodings

    @Test
    void readsUtf16OfEitherEndWithMark() {
        String csv = "\uFEFF" + HEADER + "1,日本,http://h/a.jpg\n";
        assertThat(Reading.of(csv.getBytes(UTF_16LE)).rows().getFirst().product())
                .isEqualTo("日本");
        assertThat(Reading.of(csv.getBytes(UTF_16BE)).rows().getFirst().product())
                .isEqualTo("日本");
    }

    @Test
    void namesUtf16WithoutMark() {
        assertThat(Reading.of((HEADER + "1,a,http://h/a.jpg\n").getBytes(UTF_16LE))
                        .refusal())
                .hasMessageContaining("UTF-16 without a byte order mark")
                .extracting("reason")
                .isEqualTo(Reason.UNDECODABLE);
    }

    @Test
    void fallsBackToWindows1252AndSaysWhere() {
        Reading reading = Reading.of((HEADER + "1,a,http://h/a.jpg\n2,Café,http://h/b.jpg\n").getBytes(WINDOWS_1252));
        assertThat(reading.rows()).extracting(Row::product).containsExactly("a", "Café");
        assertThat(reading.assumed()).containsExactly("3 encoding");
    }

    @Test
    void decidesTheEncodingHoweverFarTheFirstAccentIs() {
        String ascii = "1,a,http://h/a.jpg\n".repeat(20_000);
        assertThat(Reading.of(HEADER + ascii + "2,Café,http://h/b.jpg\n")
                        .rows()
                        .getLast()
                        .product())
                .isEqualTo("Café");
        Reading western = Reading.of((HEADER + ascii + "2,Café,http://h/b.jpg\n").getBytes(WINDOWS_1252));
        assertThat(western.rows().getLast().product()).isEqualTo("Café");
        assertThat(western.assumed()).containsExactly("20002 encoding");
    }

    @Test
    void refusesALateByteThatIsNotUtf8() {
        byte[] start = (HEADER + "1,Café,http://h/a.jpg\n".repeat(10_000)).getBytes(UTF_8);
        Reading reading = Reading.of(bytes(start, "2,Caf\u00e9,x\n".getBytes(WINDOWS_1252)));
        assertThat(reading.refusal().reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(reading.refusal().line()).hasValue(10_002);
        assertThat(reading.refusal()).hasMessageContaining("0xE9").hasMessageContaining("offset " + (start.length + 5));
    }

    @Test
    void refusesAByteThatWindows1252LeavesUndefined() {
        byte[] csv =
                (HEADER + "1,Caf\u00e9 \u0081,http://h/a.jpg\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(Reading.of(csv).refusal().reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(Reading.of(csv).refusal().line()).hasValue(2);
    }

    @Test
    void oneBrokenSequenceDoesNotTurnUtf8IntoWindows1252() {
        byte[] broken = bytes((HEADER + "1,Caf").getBytes(UTF_8), new byte[] {(byte) 0xC3}, ",é è à\n".getBytes(UTF_8));
        assertThat(Reading.of(broken).refusal().reason()).isEqualTo(Reason.UNDECODABLE);
    }

    // Dialects

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void sniffsTheDelimiterOutsideQuotes(String d) {
        String csv = "S. No.|Product Name|Input Image Urls\n1|\"a, b; c\"|\"http://h/a.jpg,http://h/b.jpg\"\n";
        Reading reading = Reading.of(csv.replace("|", d));
        assertThat(reading.table())
                .containsExactly(List.of("1", "a, b; c", List.of("http://h/a.jpg", "http://h/b.jpg")));
        assertThat(reading.assumed()).isEqualTo(d.equals(",") ? List.of() : List.of("1 delimiter"));
    }

    @Test
    void sniffsTheDelimiterWithoutAHeader() {
        Reading reading = Reading.of("1;Mug;http://h/a,b.jpg\n2;Cup;http://h/c,d.jpg\n");
        assertThat(reading.urls()).containsExactly("http://h/a,b.jpg", "http://h/c,d.jpg");
    }

    @Test
    void theHeaderWeighsMoreThanAnotherDelimitersEvenColumns() {
        Reading reading = Reading.of("No;Name;Images;Size (w,h)\n1;Mug;http://h/a,b.jpg\n2;Cup, red;http://h/c.jpg\n");
        assertThat(reading.urls()).containsExactly("http://h/a,b.jpg", "http://h/c.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "\"sep=;\"\r\n", "SEP=;\r"})
    void honoursASeparatorLine(String line) {
        Reading reading = Reading.of(line + "S. No.;Product Name;Input Image Urls\n1;a;http://h/a.jpg\n2;;x\n");
        assertThat(reading.rows()).hasSize(1);
        assertThat(reading.rows().getFirst().line()).isEqualTo(3);
        assertThat(reading.problemsByLine()).contains("4 missing_name");
        assertThat(reading.assumptions()).isEmpty();
    }

    @Test
    void spacesBeforeAQuoteDoNotMatter() {
        Reading reading = Reading.of(HEADER + "1, \"a, b\" , \"http://h/a.jpg, http://h/b.jpg\" \n");
        assertThat(reading.table()).containsExactly(List.of("1", "a, b", List.of("http://h/a.jpg", "http://h/b.jpg")));
    }

    @Test
    void linesCountThroughEveryKindOfLineEnd() {
        Reading reading = Reading.of("S. No.,Product Name,Input Image Urls\r\n"
                + "1,\"two\r\nlines\",http://h/a.jpg\r"
                + "\n\n"
                + "2,b,\"http://h/b.jpg,\nhttp://h/c.jpg\"\n"
                + "3,c,http://h/d.jpg\r\r"
                + "4,d,http://h/e.jpg");
        assertThat(reading.rows()).extracting(Row::line).containsExactly(2L, 5L, 7L, 9L);
        assertThat(reading.rows()).extracting(Row::index).containsExactly(0, 1, 2, 3);
    }

    @Test
    void tellsWhereAnUnclosedQuoteOpens() {
        Reading reading =
                Reading.of(HEADER + "1,a,http://h/a.jpg\n2,\"b\nmore\",\"http://h/b.jpg\n3,c,http://h/c.jpg\n");
        assertThat(reading.refusal().reason()).isEqualTo(Reason.UNCLOSED_QUOTE);
        assertThat(reading.refusal().line()).hasValue(4);
        assertThat(reading.rows()).hasSize(1);
    }

    @Test
    void tellsBothLinesWhenAnotherQuoteEndsTheUnclosedOne() {
        Reading reading = Reading.of(HEADER + "1,a,\"http://h/a.jpg\n2,b,\"http://h/b.jpg\"\n");
        assertThat(reading.refusal().reason()).isEqualTo(Reason.MALFORMED_QUOTE);
        assertThat(reading.refusal().line()).hasValue(3);
        assertThat(reading.refusal()).hasMessageContaining("opens on line 2");
    }

    @Test
    void keepsQuotesInsideAnUnquotedCell() {
        assertThat(Reading.of(HEADER + "1,27\" screen,http://h/a.jpg\n")
                        .rows()
                        .getFirst()
                        .product())
                .isEqualTo("27\" screen");
    }

    @Test
    void refusesAnUnclosedQuoteLongBeforeTheEndOfAHugeFile() {
        ManifestLimits limits = new ManifestLimits(1L << 40, 10, 10, 1000);
        assertThat(Reading.of(HEADER + "1,\"a" + "x,y\n".repeat(1 << 19), limits)
                        .refusal())
                .hasMessageContaining("not closed within")
                .extracting("reason")
                .isEqualTo(Reason.UNCLOSED_QUOTE);
    }

    // Columns

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Serial Number,Product,Image URLs",
                "#,Title,Image Src",
                "S.No,SKU,images",
                "id,title,image_link",
                "ID,Name,Images",
                "No,Item Name,Photo URL",
                "\" sr. no \",\"PRODUCT-NAME\" , Input_Image_Urls",
            })
    void knowsWhatColumnsAreCalled(String header) {
        assertThat(Reading.of(header + "\n7,Mug,http://h/a.jpg\n").table())
                .containsExactly(List.of("7", "Mug", List.of("http://h/a.jpg")));
    }

    @Test
    void takesTheBestOfSeveralColumnsAndSaysSo() {
        Reading reading = Reading.of("ID,SKU,Name,Image,Images\n1,S1,Mug,http://h/no.jpg,http://h/a.jpg\n");
        assertThat(reading.table()).containsExactly(List.of("1", "Mug", List.of("http://h/a.jpg")));
        assertThat(reading.assumptions())
                .extracting("message")
                .containsExactly(
                        "The column \"Images\" is taken for the images, not \"Image\".",
                        "The column \"Name\" is taken for the name, not \"SKU\".");
    }

    @Test
    void doesWithoutNumbersButNotWithoutNames() {
        assertThat(Reading.of("Name,Images\nMug,http://h/a.jpg\n").table())
                .containsExactly(List.of("", "Mug", List.of("http://h/a.jpg")));
        assertThat(Reading.of("No,Images\n1,http://h/a.jpg\n").refusal())
                .hasMessageContaining("\"Product Name\" is missing")
                .extracting("reason")
                .isEqualTo(Reason.MISSING_COLUMN);
    }

    @Test
    void goesByPositionWithoutHeader() {
        Reading reading = Reading.of("1,Mug,http://h/a.jpg,http://h/b.jpg\n2,Image,http://h/c.jpg\n");
        assertThat(reading.table())
                .containsExactly(
                        List.of("1", "Mug", List.of("http://h/a.jpg", "http://h/b.jpg")),
                        List.of("2", "Image", List.of("http://h/c.jpg")));
        assertThat(reading.assumed()).containsExactly("1 no_header", "1 unquoted_urls");
    }

    @Test
    void goesByPositionWhenOnlyTheFirstRowLacksItsAddress() {
        assertThat(Reading.of("1,Mug,\n2,Cup,http://h/c.jpg\n").problemsByLine())
                .containsExactly("1 missing_url");
    }

    @Test
    void tellsThatWholeLinesStandInQuotes() {
        assertThat(Reading.of("\"S. No.,Product Name,Input Image Urls\"\n\"1,a,http://h/a.jpg\"\n")
                        .refusal())
                .hasMessageContaining("remove the outer quotes");
    }

    @Test
    void refusesBlankFilesAsEmpty() {
        assertThat(Reading.of("\n \n,,\n\n").refusal().reason()).isEqualTo(Reason.EMPTY);
        assertThat(Reading.of(HEADER + ",,\n\n").refusal().reason()).isEqualTo(Reason.NO_ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1}", "[{\"a\": 1}]", "<!DOCTYPE html><html>", "%PDF-1.7", "<?xml version='1.0'?>"})
    void namesWhatIsNoCsv(String text) {
        assertThat(Reading.of(text).refusal().reason()).isEqualTo(Reason.NOT_CSV);
    }

    @Test
    void aHeaderMayBeginLikeABitmap() {
        assertThat(Reading.of("BMW part,Name,Images\nx,Mug,http://h/a.jpg\n").rows())
                .hasSize(1);
    }

    // Rows

    @Test
    void continuationRowsBelongToTheProductAbove() {
        Reading reading =
                Reading.of(HEADER + "1,Mug,http://h/a.jpg\n,,http://h/b.jpg\n,,\"http://h/c.jpg,http://h/d.jpg\"\n");
        assertThat(reading.rows()).extracting(Row::product).containsOnly("Mug");
        assertThat(reading.rows()).extracting(Row::continuation).containsExactly(false, true, true);
        assertThat(reading.summary()).hasValue(new ManifestSummary(3, 1, 4, 0));
        assertThat(reading.assumed()).containsExactly("3 continuation");
    }

    @Test
    void shopifyVariantsWithoutImageAreNoProblem() {
        Reading reading = Reading.of("Handle,Title,Option,Image Src\nmug,Mug,red,http://h/a.jpg\nmug,,blue,\n"
                + "mug,,,http://h/b.jpg\ncup,,,http://h/c.jpg\n");
        assertThat(reading.rows()).extracting(Row::index).containsExactly(0, 2);
        assertThat(reading.problemsByLine()).containsExactly("5 missing_name");
        assertThat(reading.summary()).hasValue(new ManifestSummary(4, 1, 2, 1));
    }

    @Test
    void aRowBelowANamelessProductIsNotGivenToAnother() {
        Reading reading = Reading.of(HEADER + "1,Mug,http://h/a.jpg\n2,,http://h/b.jpg\n,,http://h/c.jpg\n");
        assertThat(reading.problemsByLine()).containsExactly("3 missing_name", "4 missing_name");
    }

    @Test
    void listsEveryBadAddressAndHidesPasswords() {
        Reading reading = Reading.of(
                HEADER
                        + "1,a,\"http://u:secret@h/a.jpg,http://h/b.jpg, http://\"\n2,b,https://u:se/cret@h/a.jpg\n3,c,ftp://u:secret@h/c\n");
        assertThat(reading.problemsByLine())
                .containsExactly("2 invalid_url", "2 invalid_url", "3 invalid_url", "4 invalid_url");
        assertThat(reading.problems()).extracting("message").asString().doesNotContain("secret", "cret");
        assertThat(reading.problems().getFirst().column()).hasValue("Input Image Urls");
        assertThat(reading.summary()).hasValue(new ManifestSummary(3, 0, 0, 3));
    }

    @Test
    void addressesInSurplusCellsBelongToTheImages() {
        Reading reading = Reading.of(HEADER + "1, Mug, http://h/a.jpg, http://h/b.jpg, HTTPS://h/c.jpg,,\n");
        assertThat(reading.table())
                .containsExactly(List.of("1", "Mug", List.of("http://h/a.jpg", "http://h/b.jpg", "https://h/c.jpg")));
        assertThat(reading.assumed()).containsExactly("2 unquoted_urls");
    }

    @Test
    void anUnquotedListMayStandBeforeOtherColumns() {
        Reading reading = Reading.of("Name,Images,Price\nMug,http://h/a.jpg,http://h/b.jpg,12\nCup,http://h/c.jpg,9\n");
        assertThat(reading.urls()).containsExactly("http://h/a.jpg", "http://h/b.jpg", "http://h/c.jpg");
    }

    @Test
    void otherSurplusCellsAreAProblem() {
        assertThat(Reading.of(HEADER + "1,Mug,http://h/w_300,h_200/a.jpg\n").problemsByLine())
                .containsExactly("2 surplus_fields");
    }

    @Test
    void boundsCellsAndLists() {
        ManifestLimits limits = new ManifestLimits(1 << 20, 100, 2, 50);
        Reading reading = Reading.of(
                HEADER + "1,a,\"http://h/a http://h/b http://h/c\"\n2," + "n".repeat(51) + ",http://h/a\n", limits);
        assertThat(reading.problemsByLine()).containsExactly("2 too_many_urls", "3 cell_too_long");
    }

    @Test
    void refusesTooManyImagesAndTooManyBytes() {
        String csv = HEADER + "1,a,http://h/a\n2,b,http://h/b\n";
        assertThat(Reading.of(csv, new ManifestLimits(1000, 1, 5, 50)).refusal().reason())
                .isEqualTo(Reason.TOO_MANY_ITEMS);
        assertThat(Reading.of(csv, new ManifestLimits(1000, 1, 5, 50)).refusal().line())
                .hasValue(3);
        assertThat(Reading.of(csv, new ManifestLimits(20, 9, 5, 50)).refusal().reason())
                .isEqualTo(Reason.TOO_MANY_BYTES);
        assertThat(Reading.of(csv, new ManifestLimits(csv.length(), 2, 5, 50)).rows())
                .hasSize(2);
    }

    @Test
    void refusesARecordOfCountlessCells() {
        assertThat(Reading.of(HEADER + ",".repeat(20_000)).refusal().reason()).isEqualTo(Reason.NOT_CSV);
    }

    @Test
    void anUnquotedNameWithACommaDoesNotLookLikeAList() {
        assertThat(Reading.of(HEADER + "1,Mug, blue,http://h/a.jpg\n").problemsByLine())
                .containsExactly("2 surplus_fields", "2 invalid_url");
    }

    @Test
    void aSeparatorLineAloneIsNoCsvOfProducts() {
        assertThat(Reading.of("sep=;").refusal().reason()).isEqualTo(Reason.NO_IMAGE_COLUMN);
        assertThat(Reading.of("sep=;\n").refusal().reason()).isEqualTo(Reason.EMPTY);
    }

    // On one machine

    @Test
    void readsPathsBesideTheCsv() {
        LocalSources here = new LocalSources(Path.of("/shop"));
        Reading reading = Reading.of(
                (HEADER + "1,a,\"images/a, b.jpg; file:///x/c.png\"\n2,b,\"d.jpg, e f.png\"\n3,c,\"http://h/g,h.jpg\"\n"
                                + "4,d,x.jpg,y.jpg\n5,e,http://h/g,h.jpg\n")
                        .getBytes(UTF_8),
                ManifestLimits.DEFAULT,
                here);
        assertThat(reading.problemsByLine()).containsExactly("6 surplus_fields");
        assertThat(reading.urls())
                .containsExactly(
                        "file:///shop/images/a,%20b.jpg",
                        "file:///x/c.png",
                        "file:///shop/d.jpg",
                        "file:///shop/e%20f.png",
                        "http://h/g,h.jpg",
                        "file:///shop/x.jpg",
                        "file:///shop/y.jpg");
    }

    @Test
    void theServiceReadsNoPaths() {
        assertThat(Reading.of(HEADER + "1,a,images/a.jpg\n2,b,file:///etc/passwd\n")
                        .problemsByLine())
                .containsExactly("2 invalid_url", "3 invalid_url");
    }

    private static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
