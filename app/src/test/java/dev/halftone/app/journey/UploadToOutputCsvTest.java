package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job over HTTP: a real server, a real PostgreSQL, a real image host, real pictures.
class UploadToOutputCsvTest {
    @TempDir
    static Path data;

    private static RunningHalftone running;
    private static ImageHost host;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        running = new RunningHalftone(data, Map.of());
        host = running.host();
        api = running.api();
        host.put("/a.jpg", Pictures.jpeg(640, 480, 1));
        host.put("/b.png", Pictures.png(320, 200, 2));
        host.put("/c,w_300,h_200.jpg", Pictures.jpeg(300, 200, 3));
        byte[] whole = Pictures.jpeg(400, 300, 4);
        host.put("/truncated.jpg", java.util.Arrays.copyOf(whole, whole.length / 2));
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    private static String csv(String... rows) {
        return "S. No.,Product Name,Input Image Urls,Colour\n" + String.join("\n", rows) + "\n";
    }

    private static JsonNode run(String csv, String query) throws Exception {
        HttpResponse<String> answer = api.submit(csv, query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return api.awaitEnd(Api.json(answer).get("requestId").asText());
    }

    private static List<String> output(JsonNode status) throws Exception {
        return api.get("/api/batches/" + status.get("requestId").asText() + "/output.csv")
                .body()
                .lines()
                .toList();
    }

    @Test
    void givesTheSameCsvBackWithTheCompressedImages() throws Exception {
        JsonNode status = run(
                csv(
                        "1,Cup,\"" + host.url("/a.jpg") + ", " + host.url("/b.png") + "\",red",
                        "2,\"Saucer, small\",\"" + host.url("/c,w_300,h_200.jpg") + "\",blue"),
                "");

        assertThat(status.get("status").asText()).isEqualTo("completed");
        assertThat(status.get("totalImages").asInt()).isEqualTo(3);
        assertThat(status.get("bytesOut").asLong())
                .isLessThan(status.get("bytesIn").asLong());
        List<String> lines = output(status);
        assertThat(lines.get(0)).isEqualTo("S. No.,Product Name,Input Image Urls,Colour,Output Image Urls");
        assertThat(lines.get(1))
                .startsWith("1,Cup,\"" + host.url("/a.jpg") + ", " + host.url("/b.png") + "\",red,\"http");
        assertThat(lines.get(2)).startsWith("2,\"Saucer, small\",").contains(",blue,http");
        String[] urls = lines.get(1)
                .substring(lines.get(1).indexOf(",red,") + 5)
                .replace("\"", "")
                .split(", ");
        BufferedImage first = Pictures.decode(api.bytes(urls[0]));
        assertThat(first.getWidth()).isEqualTo(640);
        assertThat(api.bytes(urls[0]).length).isLessThan(Pictures.jpeg(640, 480, 1).length / 2);
        assertThat(Pictures.decode(api.bytes(urls[1])).getWidth()).isEqualTo(320);
    }

    @Test
    void makesRenditionsInColumnsOfTheirOwn() throws Exception {
        int before = host.requests("/a.jpg");

        JsonNode status = run(
                csv(
                        "1,Cup,\"" + host.url("/a.jpg") + ", " + host.url("/truncated.jpg") + ", " + host.url("/b.png")
                                + "\",red",
                        "2,Again," + host.url("/a.jpg") + ",red"),
                "?renditions=" + Api.encoded("main:w=400;thumb:w=100&h=100&fit=crop&fm=png"));

        assertThat(status.at("/counts/completed").asInt()).isEqualTo(3);
        assertThat(host.requests("/a.jpg")).isEqualTo(before + 1);
        List<String> lines = output(status);
        assertThat(lines.get(0))
                .endsWith(",Colour,Output Image Urls,Output Image Urls (main),Output Image Urls (thumb)");
        List<String> cells = List.of(lines.get(1).split("\"")).stream()
                .filter(cell -> cell.contains("/files/"))
                .toList();
        assertThat(cells)
                .hasSize(3)
                .allSatisfy(cell -> assertThat(cell.split(", ", -1))
                        .hasSize(3)
                        .satisfies(urls -> assertThat(urls[1]).isEmpty()));
        assertThat(sizes(cells.get(0))).containsExactly("640x480", "320x200");
        assertThat(sizes(cells.get(1))).containsExactly("400x300", "320x200");
        assertThat(sizes(cells.get(2))).containsExactly("100x100", "100x100");
        assertThat(lines.get(2))
                .contains(cells.get(0).split(", ")[0] + "," + cells.get(1).split(", ")[0] + ",");

        String id = status.get("requestId").asText();
        JsonNode item = Api.json(api.get("/api/batches/" + id + "/items")).at("/items/0/renditions");
        assertThat(item.findValuesAsText("name")).containsExactly("main", "thumb");
        assertThat(item.findValuesAsText("mediaType")).containsExactly("image/jpeg", "image/png");
        assertThat(status.at("/options/renditions/main").asText()).isEqualTo("w=400");
    }

    private static List<String> sizes(String cell) throws Exception {
        List<String> sizes = new java.util.ArrayList<>();
        for (String url : cell.split(", ")) {
            if (!url.isEmpty()) {
                BufferedImage picture = Pictures.decode(api.bytes(url));
                sizes.add(picture.getWidth() + "x" + picture.getHeight());
            }
        }
        return sizes;
    }

    @Test
    void tellsOfARenditionThatAnImageCantHave() throws Exception {
        JsonNode status = run(
                csv("1,Cup," + host.url("/b.png") + ",red"),
                "?renditions=" + Api.encoded("part:rect=600,0,100,100;thumb:w=100"));

        JsonNode item = Api.json(
                        api.get("/api/batches/" + status.get("requestId").asText() + "/items"))
                .at("/items/0");
        assertThat(item.get("status").asText()).isEqualTo("completed");
        assertThat(item.findValuesAsText("name")).containsExactly("thumb");
        assertThat(item.get("notes").toString()).contains("rendition part is missing: rect");
        assertThat(output(status).get(1)).contains(",,http");
    }

    @Test
    void staysUnderATargetOrSaysWhatWasReached() throws Exception {
        host.put("/large.jpg", Pictures.jpeg(640, 480, 21));
        host.put("/large.png", Pictures.png(320, 240, 22));
        host.put("/small.jpg", Pictures.jpeg(60, 40, 23));
        JsonNode status = run(
                csv(
                        "1,Cup,\"" + host.url("/large.jpg") + ", " + host.url("/large.png") + "\",red",
                        "2,Pot," + host.url("/small.jpg") + ",blue"),
                "?targetBytes=15000");
        String id = status.get("requestId").asText();

        assertThat(status.get("options").get("targetBytes").asLong()).isEqualTo(15_000);
        assertThat(status.get("options").has("quality")).isFalse();
        assertThat(status.get("counts").get("completed").asInt()).isEqualTo(3);
        String details =
                api.get("/api/batches/" + id + "/output.csv?details=true").body();
        JsonNode items = api.json("/api/batches/" + id + "/items").get("items");
        for (JsonNode item : items) {
            long bytes = item.get("bytesOut").asLong();
            assertThat(bytes).isLessThanOrEqualTo(item.get("bytesIn").asLong());
            assertThat(api.bytes(item.get("outputUrl").asText())).hasSize((int) bytes);
            if (bytes > 15_000) {
                String note = item.get("notes").get(0).asText();
                assertThat(note).startsWith("targetBytes=15000 not reachable: ");
                assertThat(details).contains(note);
                assertThat(api.get(status.get("links").get("page").asText()).body())
                        .contains(note);
            }
        }
        assertThat(items.get(0).get("bytesOut").asLong()).isBetween(12_000L, 15_000L);
        assertThat(items.get(2).get("outcome").asText()).isEqualTo("kept_original");
        assertThat(details).contains("targetBytes=15000 is met by the original");

        JsonNode tight = run(csv("1,Cup," + host.url("/large.png") + ",red"), "?targetBytes=100");
        JsonNode item = api.json("/api/batches/" + tight.get("requestId").asText() + "/items")
                .get("items")
                .get(0);
        assertThat(item.get("status").asText()).isEqualTo("completed");
        assertThat(item.get("notes").get(0).asText()).startsWith("targetBytes=100 not reachable: ");
    }

    @Test
    void refusesTwoTargetsAtOnce() throws Exception {
        HttpResponse<String> answer =
                api.submit(csv("1,A," + host.url("/a.jpg") + ",x"), "?quality=50&targetRatio=0.4");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).get("detail").asText()).contains("targetRatio: excludes quality");
    }

    @Test
    void aBrokenImageHarmsNobodyElse() throws Exception {
        JsonNode status = run(
                csv(
                        "1,A,\"" + host.url("/a.jpg") + " " + host.url("/status/404") + " " + host.url("/b.png")
                                + "\",x",
                        "2,B,\"" + host.url("/html") + "; " + host.url("/truncated.jpg") + "\",y",
                        "3,C,http://10.1.2.3/a.jpg,z",
                        "4,D," + host.url("/redirect?to=file:///etc/passwd") + ",z"),
                "");

        assertThat(status.get("status").asText()).isEqualTo("completed");
        assertThat(status.get("counts").get("failed").asInt()).isEqualTo(5);
        JsonNode failures = status.get("failures");
        assertThat(failures.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "http_status", "not_an_image", "corrupt_image", "blocked_address", "invalid_url");
        String cell = output(status).get(1).replaceAll(".*,x,", "").replace("\"", "");
        assertThat(cell.split(", ", -1)).hasSize(3).satisfies(parts -> {
            assertThat(parts[0]).startsWith("http");
            assertThat(parts[1]).isEmpty();
            assertThat(parts[2]).startsWith("http");
        });
    }

    @Test
    void fetchesARepeatedAddressOnce() throws Exception {
        host.put("/once.jpg", Pictures.jpeg(200, 200, 9));
        String url = host.url("/once.jpg");

        JsonNode status = run(csv("1,A,\"" + url + "," + url + "\",x", "2,B," + url + ",y"), "");

        assertThat(host.requests("/once.jpg")).isEqualTo(1);
        assertThat(status.get("counts").get("completed").asInt()).isEqualTo(3);
        assertThat(output(status).get(2)).contains(",y,http");
    }

    @Test
    void triesAPassingFaultAgain() throws Exception {
        host.put("/flaky/1/a.jpg", Pictures.jpeg(100, 100, 5));

        JsonNode status = run(csv("1,A," + host.url("/flaky/1/a.jpg") + ",x"), "");

        assertThat(status.get("counts").get("completed").asInt()).isEqualTo(1);
        assertThat(host.requests("/flaky/1/a.jpg")).isEqualTo(2);
    }

    @Test
    void tellsTheWebhookSignedAndOnce() throws Exception {
        String hook = host.url("/hook/" + System.nanoTime());
        HttpResponse<String> answer = api.submit(csv("1,A," + host.url("/a.jpg") + ",x"), "?webhookUrl=" + hook);
        String requestId = Api.json(answer).get("requestId").asText();
        String secret = Api.json(answer).get("webhookSecret").asText();
        api.awaitEnd(requestId);

        await().until(() -> host.hooks().stream().anyMatch(got -> got.body().contains(requestId)));
        ImageHost.Hook got = host.hooks().stream()
                .filter(one -> one.body().contains(requestId))
                .findFirst()
                .orElseThrow();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        byte[] expected =
                mac.doFinal((got.id() + "." + got.timestamp() + "." + got.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(got.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(expected));
        JsonNode event = new com.fasterxml.jackson.databind.ObjectMapper().readTree(got.body());
        assertThat(event.get("type").asText()).isEqualTo("batch.completed");
        assertThat(event.get("data").get("status").asText()).isEqualTo("completed");
        assertThat(api.get(event.get("data").get("links").get("outputCsv").asText())
                        .statusCode())
                .isEqualTo(200);
        assertThat(Api.json(api.submit(csv("1,A," + host.url("/a.jpg") + ",x"), "?webhookUrl=" + hook))
                        .has("webhookSecret"))
                .as("the secret is shown once")
                .isFalse();
    }

    @Test
    void answersTheSameSubmissionWithTheSameBatch() throws Exception {
        String csv = csv("1,A," + host.url("/a.jpg") + ",x");

        JsonNode first = Api.json(api.post("/api/batches", "text/csv", csv, "Idempotency-Key", "once"));
        JsonNode again = Api.json(api.post("/api/batches", "text/csv", csv, "Idempotency-Key", "once"));
        HttpResponse<String> other = api.post("/api/batches?quality=60", "text/csv", csv, "Idempotency-Key", "once");

        assertThat(again.get("requestId")).isEqualTo(first.get("requestId"));
        assertThat(other.statusCode()).isEqualTo(422);
    }

    @Test
    void refusesBadRowsWithTheWholeListAndStoresNothing() throws Exception {
        String csv = csv("1,A,not a url,x", "2,,http://127.0.0.1/a.jpg,y", "3,C,,z");

        HttpResponse<String> answer = api.submit(csv, "");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        JsonNode errors = Api.json(answer).get("errors");
        assertThat(errors).hasSize(3);
        assertThat(errors.findValuesAsText("line")).containsExactly("2", "3", "4");
        assertThat(errors.findValuesAsText("code")).containsExactly("invalid_url", "missing_name", "missing_url");
    }

    @Test
    void runsTheGoodRowsWhenAskedToSkipTheBad() throws Exception {
        JsonNode status = run(csv("1,A,not a url,x", "2,B," + host.url("/a.jpg") + ",y"), "?onInvalidRows=skip");

        assertThat(status.get("totalImages").asInt()).isEqualTo(1);
        assertThat(output(status)).hasSize(3);
        assertThat(output(status).get(1)).isEqualTo("1,A,not a url,x,");
    }

    @Test
    void answersInTheShapesOfCommonCsvApis() throws Exception {
        HttpResponse<String> accepted = api.post("/processImages", "text/csv", csv("1,A," + host.url("/a.jpg") + ",x"));
        String id = Api.json(accepted).get("requestId").asText();
        api.awaitEnd(id);

        assertThat(accepted.statusCode()).isEqualTo(201);
        assertThat(api.json("/status/" + id).get("processedImages").asInt()).isEqualTo(1);
        assertThat(api.json("/api/status/" + id).get("status").asText()).isEqualTo("Completed");
        assertThat(api.get("/csv/" + id).body()).contains("Output Image Urls");
        assertThat(api.get("/checkStatus/" + id).body()).contains("Saved %", "completed");
    }

    @Test
    void libjpegTurboFindsNothingWrongWithTheOutputs() throws Exception {
        JsonNode status = run(csv("1,A," + host.url("/a.jpg") + ",x"), "");
        String url = output(status).get(1).replaceAll(".*,x,", "");
        Path file = java.nio.file.Files.write(data.resolve("witness.jpg"), api.bytes(url));

        Process djpeg = new ProcessBuilder("djpeg", "-outfile", "/dev/null", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(djpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(djpeg.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void aBrowserShowsTheBatchWithoutAnyScript() throws Exception {
        JsonNode status = run(csv("1,\"Cup <b>bold</b>\"," + host.url("/a.jpg") + ",x"), "?name=Spring");
        String dom = Chromium.look(data, status.get("links").get("page").asText(), "--dump-dom")
                .dom();

        assertThat(dom)
                .contains("Spring", "Download the CSV", "Cup &lt;b&gt;bold&lt;/b&gt;")
                .doesNotContain("<script");
    }
}
