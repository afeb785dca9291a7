package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static dev.halftone.adapters.http.RunningServer.CSV;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.CompressionTarget;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static final String REFRESH = "http-equiv=\"refresh\"";

    private final RunningServer running = new RunningServer();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void offersEveryOptionInTheForm() {
        String page = running.get("/").body();
        assertThat(page).contains("enctype=\"multipart/form-data\"", "action=\"/batches\"", "name=\"file\"");
        for (String option : OptionsReader.NAMES) {
            assertThat(page).contains("name=\"" + option + "\"");
        }
    }

    @Test
    void labelsEveryField() {
        String page = running.get("/").body();
        Matcher field =
                Pattern.compile("<(?:input|select|textarea) id=\"(\\w+)\"").matcher(page);
        int fields = 0;
        while (field.find()) {
            fields++;
            assertThat(page).contains("<label for=\"" + field.group(1) + "\">");
        }
        assertThat(fields).isEqualTo(23);
    }

    @Test
    void usesNeitherScriptNorInlineStyle() {
        BatchId id = running.submitted();
        for (String path : new String[] {"/", "/batches", "/batches/" + id}) {
            assertThat(running.get(path).body())
                    .doesNotContain("<script")
                    .doesNotContain("style=")
                    .doesNotContain("<style");
        }
    }

    @Test
    void servesItsStylesheetForGood() {
        Matcher link = Pattern.compile("href=\"(/assets/halftone-[0-9a-f]{12}\\.css)\"")
                .matcher(running.get("/").body());
        assertThat(link.find()).isTrue();
        HttpResponse<String> css = running.get(link.group(1));
        assertThat(css.statusCode()).isEqualTo(200);
        assertThat(css.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(css.headers().allValues("Cache-Control")).containsExactly("public, max-age=31536000, immutable");
        assertThat(css.body()).contains("prefers-color-scheme: dark");
    }

    @Test
    void sendsThePersonFromTheFormToTheBatch() {
        HttpResponse<String> response = running.postForm(
                "/batches",
                new Form()
                        .file("file", "p.csv", CSV)
                        .field("pasted", "")
                        .field("quality", "50")
                        .field("maxWidth", ""),
                "Sec-Fetch-Site",
                "same-origin");
        assertThat(response.statusCode()).isEqualTo(303);
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("/batches/");
        assertThat(running.get(location).statusCode()).isEqualTo(200);
    }

    @Test
    void compressesToWhatWasChosen() {
        Form filled = new Form()
                .file("file", "p.csv", CSV)
                .field("quality", "50")
                .field("targetRatio", "0.3")
                .field("targetBytes", "20000")
                .field("targetSsim", "");

        assertThat(target(filled.field("target", "targetBytes"))).isEqualTo(new CompressionTarget.ToBytes(20_000));
    }

    @Test
    void compressesToAQualityUnlessAnotherTargetWasChosen() {
        Form form = new Form().file("file", "p.csv", CSV).field("target", "quality");

        assertThat(target(form.field("quality", "61").field("targetBytes", "20000")))
                .isEqualTo(new CompressionTarget.ToQuality(new Quality(61)));
    }

    @Test
    void compressesWithoutLossWhenThatWasChosen() {
        Form form = new Form().file("file", "p.csv", CSV).field("target", "lossless");

        assertThat(target(form.field("quality", "50"))).isEqualTo(new CompressionTarget.Lossless());
    }

    @Test
    void asksForTheNumberOfAChosenTarget() {
        HttpResponse<String> response = running.postForm(
                "/batches",
                new Form()
                        .file("file", "p.csv", CSV)
                        .field("target", "targetSsim")
                        .field("targetSsim", " "));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("targetSsim: is chosen, but its number is missing", "value=\"targetSsim\" checked");
    }

    private CompressionTarget target(Form form) {
        HttpResponse<String> response = running.postForm("/batches", form);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return running.batches
                .list(Owner.LOCAL, Optional.empty(), Optional.empty(), 1)
                .getFirst()
                .options()
                .compression()
                .target();
    }

    @Test
    void takesPastedRows() {
        assertThat(running.postForm("/batches", new Form().file("file", "", "").field("pasted", CSV))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void showsAWebhooksSecretOnce() {
        Form form = new Form().file("file", "p.csv", CSV).field("webhookUrl", "https://shop.example/hook");
        HttpResponse<String> first = running.postForm("/batches", form);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).contains("whsec_", "shop.example", "href=\"/batches/");
        assertThat(running.postForm("/batches", form).statusCode()).isEqualTo(303);
    }

    @Test
    void showsTheMistakesOfARefusedFileInPlace() {
        HttpResponse<String> response = running.postForm(
                "/batches",
                new Form()
                        .file("file", "p.csv", CSV + "3,SKU3,nonsense\n")
                        .field("quality", "73")
                        .field("format", "webp"));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(response.body())
                .contains("role=\"alert\"", "Line 4, Input Image Urls", "invalid_url", "value=\"73\"")
                .contains("value=\"webp\" selected");
        assertThat(running.batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void asksForAFileWhereNoneWasChosen() {
        HttpResponse<String> response =
                running.postForm("/batches", new Form().file("file", "", "").field("pasted", ""));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("choose a CSV file");
    }

    @Test
    void showsWhatACheckFound() {
        HttpResponse<String> response = running.postForm(
                "/batches", new Form().file("file", "p.csv", CSV).field("dryRun", "true"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("The file can be submitted", "2 products with 3 images, 0 bad rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void refusesTheFormOfAnotherSite(String site) {
        assertProblem(
                running.postForm("/batches", new Form().file("file", "p.csv", CSV), "Sec-Fetch-Site", site),
                403,
                "cross_site");
        assertThat(running.batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void showsARunningBatchAndKeepsItUpToDate() {
        BatchId id = running.submitted("?name=Autumn");
        running.complete(id, 0, "compressed");
        String page = running.get("/batches/" + id).body();
        assertThat(page)
                .contains(REFRESH, "Autumn", "<p class=\"percent\">33", "max=\"3\" value=\"1\"", "60.0 %")
                .contains("src=\"/files/batches/" + id + "/000001-001.jpg\"", "100 kB → 40.0 kB")
                .contains("href=\"/api/batches/" + id + "/output.csv\"");
        assertThat(running.get("/batches/" + id + "?live=off").body()).doesNotContain(REFRESH);
    }

    @Test
    void showsWhatFailedAndWhatToDo() {
        BatchId id = running.submitted();
        running.complete(id, 0, "kept_original");
        running.complete(id, 1, "compressed");
        running.batches.fail(id, 2, FailureCode.HTTP_STATUS, "the host answered 404");
        String page = running.get("/batches/" + id).body();
        assertThat(page)
                .doesNotContain(REFRESH)
                .contains("Completed with failures", "http_status: the host answered 404", "Original kept")
                .contains("<p class=\"note\">animated: kept as it is</p>")
                .contains(FailureCode.HTTP_STATUS.advice());
        assertThat(running.get("/batches/" + id + "?status=failed").body())
                .contains("SKU2")
                .doesNotContain("a.jpg");
    }

    @Test
    void showsWhatWasTakenForGranted() {
        running.postForm("/batches", new Form().field("pasted", CSV.replace("S. No.,", "S. No.;")));
        BatchId id = running.batches
                .list(Owner.LOCAL, Optional.empty(), Optional.empty(), 1)
                .getFirst()
                .id();
        assertThat(running.get("/batches/" + id).body()).contains("Line 1", "The delimiter is ;");
    }

    @Test
    void pagesThroughTheItems() {
        StringBuilder csv = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (int i = 0; i < 60; i++) {
            csv.append(i).append(",P-").append(i).append("-,https://shop.example/i.jpg\n");
        }
        running.postForm("/batches", new Form().field("pasted", csv.toString()));
        BatchId id = running.batches
                .list(Owner.LOCAL, Optional.empty(), Optional.empty(), 1)
                .getFirst()
                .id();
        String page = running.get("/batches/" + id).body();
        assertThat(page).contains("P-49-", "href=\"?cursor=49\"").doesNotContain("P-50-");
        assertThat(running.get("/batches/" + id + "?cursor=49").body())
                .contains("P-59-")
                .doesNotContain("P-49-", "More images");
    }

    @Test
    void listsBatches() {
        assertThat(running.get("/batches").body()).contains("No batch here yet");
        BatchId id = running.submitted("?name=Autumn");
        assertThat(running.get("/batches").body()).contains("href=\"/batches/" + id + "\"", "Autumn", "0 of 3 images");
    }

    @Test
    void escapesEverything() {
        String evil = "<script>alert(1)</script>\"'";
        BatchId id = BatchId.of(RunningServer.json(running.postForm(
                        "/api/batches",
                        new Form()
                                .file(
                                        "file",
                                        "p.csv",
                                        "h\n1," + evil.replace("\"", "") + ",https://shop.example/a.jpg\n")
                                .field("name", evil)))
                .get("requestId")
                .asText());
        running.complete(id, 0, "compressed");
        for (String path : new String[] {"/batches", "/batches/" + id}) {
            assertThat(running.get(path).body()).doesNotContain("<script").contains("&lt;script&gt;");
        }
        HttpResponse<String> refused = running.postForm(
                "/batches", new Form().file("file", "", "").field("name", evil).field(evil.replace("\"", ""), "x"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("<script");
    }
}
