package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.app.wiring.Halftone;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Single pictures over HTTP, with the real engines: one service that serves every address, and one that serves
/// signed ones only.
class PicturesByUrlTest {
    private static final String KEY = "a key of the operator's, long enough";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path data;

    private static Halftone open;
    private static String address;
    private static String id;

    @BeforeAll
    static void start() throws Exception {
        open = service(data.resolve("open"), Map.of());
        address = open.startServer();
        id = uploaded(address, Pictures.jpeg(640, 480, 1)).get("imageId").asText();
    }

    @AfterAll
    static void stop() {
        if (open != null) {
            open.close();
        }
    }

    /// This one serves pictures and nothing works beside it.
    @Test
    void isNotReadyUntilItWorks() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(address + "/health/ready")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("the node has not begun to work");
    }

    private static Halftone service(Path folder, Map<String, String> more) throws Exception {
        Files.createDirectories(folder);
        return Halftone.forService(RunningHalftone.config(folder, more));
    }

    private static JsonNode uploaded(String service, byte[] image) throws Exception {
        try (Api api = new Api(service)) {
            return api.upload(image);
        }
    }

    private static HttpResponse<byte[]> get(String url, String accept) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static void assertAvif(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/avif");
        assertThat(new String(answer.body(), 4, 8, StandardCharsets.ISO_8859_1)).isEqualTo("ftypavif");
    }

    @Test
    void anAvifIsServedToThoseWhoTakeIt() throws Exception {
        String url = address + "/images/" + id + "?w=200&auto=format";
        HttpResponse<byte[]> avif = get(url, "image/avif,image/webp,*/*;q=0.8");

        assertAvif(avif);
        assertThat(avif.headers().firstValue("Vary")).contains("Accept");
        assertThat(get(url, "image/webp,*/*;q=0.8").headers().firstValue("Content-Type"))
                .contains("image/webp");
        assertThat(get(url, "*/*").headers().firstValue("Content-Type")).contains("image/jpeg");
        assertAvif(get(address + "/images/" + id + "?w=200&fm=avif", "*/*"));
    }

    @Test
    void anAvifCanBeUploadedAndLaidOnAPicture() throws Exception {
        byte[] avif = get(address + "/images/" + id + "?w=100&fm=avif", "*/*").body();
        JsonNode mark = uploaded(address, avif);

        assertThat(mark.get("format").asText()).isEqualTo("avif");
        assertThat(mark.get("width").asInt()).isEqualTo(100);
        assertThat(mark.get("height").asInt()).isEqualTo(75);
        HttpResponse<byte[]> marked = get(
                address + "/images/" + id + "?w=300&mark=" + mark.get("imageId").asText(), "*/*");
        assertThat(marked.statusCode()).as(text(marked)).isEqualTo(200);
        assertThat(Pictures.decode(marked.body()).getWidth()).isEqualTo(300);
    }

    @Test
    void aPageShowsThePictureAndWhatIsKnownOfIt() throws Exception {
        HttpResponse<byte[]> page = get(address + "/images/" + id, "text/html,*/*;q=0.8");

        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(text(page))
                .contains("640 × 480", "BlurHash", "SHA-256", "/images/" + id + "?w=960&amp;auto=format")
                .contains("value=\"" + address + "/images/" + id + "?w=300\"")
                .doesNotContain("<script")
                .doesNotContain("style=");
        assertThat(get(address + "/images/" + id, "image/avif,image/webp,*/*;q=0.8")
                        .headers()
                        .firstValue("Content-Type"))
                .contains("image/jpeg");
    }

    @Test
    void theFormOfThePageMakesAnAddress() throws Exception {
        String tried = text(get(address + "/images/" + id + "/try?w=120&h=&fit=&fm=webp&txt=a%20b", "text/html"));
        Matcher result =
                Pattern.compile("id=\"result\" readonly value=\"([^\"]+)\"").matcher(tried);

        assertThat(result.find()).isTrue();
        assertThat(result.group(1)).isEqualTo(address + "/images/" + id + "?w=120&amp;fm=webp&amp;txt=a%20b");
        HttpResponse<byte[]> made = get(result.group(1).replace("&amp;", "&"), "*/*");
        assertThat(made.headers().firstValue("Content-Type")).contains("image/webp");
        HttpResponse<byte[]> refused = get(address + "/images/" + id + "/try?w=x&q=101", "text/html");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused)).contains("role=\"alert\"", "value=\"101\"").doesNotContain("id=\"result\"");
    }

    private static HttpResponse<String> tried(String operations) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(address + "/images/" + id + "/try"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "operations=" + URLEncoder.encode(operations, StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void thePageRunsAPipeline() throws Exception {
        HttpResponse<String> made =
                tried("[{\"operation\":\"resize\",\"width\":90},{\"operation\":\"format\",\"type\":\"png\"}]");
        Matcher result =
                Pattern.compile("id=\"result\" readonly value=\"([^\"]+)\"").matcher(made.body());

        assertThat(result.find()).as(made.body()).isTrue();
        assertThat(Pictures.decode(get(result.group(1), "*/*").body()).getWidth())
                .isEqualTo(90);
        HttpResponse<String> refused = tried("[{\"operation\":\"resize\"},{\"operation\":\"nothing\"}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("role=\"alert\"", "nothing").doesNotContain("id=\"result\"");
        assertThat(tried("no json").statusCode()).isEqualTo(400);
    }

    /// What the service hands out works as it is: uploads, what is known, the page.
    @Test
    void addressesThatAreHandedOutAreSigned() throws Exception {
        try (Halftone signed = service(data.resolve("signed"), Map.of("HALFTONE_SIGNING_KEY", KEY))) {
            String service = signed.startServer();
            JsonNode upload = uploaded(service, Pictures.jpeg(640, 480, 2));
            String image = upload.get("imageId").asText();

            assertThat(get(service + "/images/" + image, "*/*").statusCode()).isEqualTo(403);
            assertThat(get(service + "/images/" + image + "?w=200", "*/*").statusCode())
                    .isEqualTo(403);
            assertThat(get(upload.get("url").asText(), "*/*").statusCode()).isEqualTo(200);
            JsonNode known = Api.json(CLIENT.send(
                    HttpRequest.newBuilder(URI.create(service + "/api/images/" + image))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
            for (String url : new String[] {
                known.get("url").asText(), known.get("links").get("image").asText()
            }) {
                assertThat(get(url, "*/*").statusCode()).as(url).isEqualTo(200);
            }
            String page = text(get(service + "/images/" + image, "text/html"));
            Matcher addresses =
                    Pattern.compile("(?:src|value)=\"([^\"]*/images/[^\"]+)\"").matcher(page);
            int found = 0;
            while (addresses.find()) {
                String url = addresses.group(1).replace("&amp;", "&");
                HttpResponse<byte[]> answer = get(url.startsWith("/") ? service + url : url, "image/webp,*/*");
                assertThat(answer.statusCode()).as(url).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("image/");
                found++;
            }
            assertThat(found).isEqualTo(5);
            // The page of a service that signs is no way round the key.
            assertThat(page).doesNotContain("name=\"txt\"");
            assertThat(get(service + "/images/" + image + "/try?w=77", "text/html")
                            .statusCode())
                    .isEqualTo(403);

            Program.Ended sign = Program.run(
                    data, Map.of("HALFTONE_SIGNING_KEY", KEY), "sign", service + "/images/" + image + "?w=77");
            assertThat(sign.status()).as(sign.err()).isZero();
            HttpResponse<byte[]> made = get(sign.out().strip(), "*/*");
            assertThat(made.statusCode()).isEqualTo(200);
            assertThat(Pictures.decode(made.body()).getWidth()).isEqualTo(77);
        }
    }

    @Test
    void aBrowserShowsThePageWithoutAnyScript() throws Exception {
        String said = Chromium.look(
                        data,
                        address + "/images/" + id + "/try?w=320&fit=crop&h=200&fm=auto",
                        "--hide-scrollbars",
                        "--window-size=1100,1900",
                        "--screenshot=" + data.resolve("page.png"))
                .said();

        assertThat(said).doesNotContain("Content Security Policy");
        assertThat(Pictures.decode(Files.readAllBytes(data.resolve("page.png"))).getWidth())
                .isEqualTo(1100);
        String kept = System.getProperty("halftone.screenshots", "");
        if (!kept.isEmpty()) {
            Files.copy(data.resolve("page.png"), Path.of(kept).resolve("image-page.png"));
        }
    }
}
