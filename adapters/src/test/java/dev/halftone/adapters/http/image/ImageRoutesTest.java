package dev.halftone.adapters.http.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.http.Wire;
import dev.halftone.adapters.imaging.TestImages;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRoutesTest {
    private static final byte[] JPEG = TestImages.jpeg(TestImages.quarters(320, 240), 0.9f);
    private static ImageService service;

    @BeforeAll
    static void begin() throws Exception {
        service = new ImageService();
    }

    @AfterAll
    static void end() throws Exception {
        service.close();
    }

    @Test
    void takesAnImageAsTheBody() {
        HttpResponse<String> answer = service.post("/api/images", JPEG, "Content-Type", "text/plain");
        JsonNode json = ImageService.json(answer);
        String id = json.get("imageId").asText();

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).hasValue("https://images.example.test/api/images/" + id);
        assertThat(json.get("url").asText()).isEqualTo("https://images.example.test/images/" + id);
        assertThat(json.get("format").asText()).isEqualTo("jpeg");
        assertThat(json.get("width").asInt()).isEqualTo(320);
        assertThat(json.get("height").asInt()).isEqualTo(240);
        assertThat(json.get("bytes").asInt()).isEqualTo(JPEG.length);
        assertThat(service.objects.keys().toString()).contains("assets/" + id + "/source.jpg");
    }

    @Test
    void takesAnImageInAForm() {
        HttpResponse<String> answer =
                service.postForm("/api/images", TestImages.written(TestImages.quarters(30, 20), "png"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(ImageService.json(answer).get("format").asText()).isEqualTo("png");
    }

    @Test
    void describesAnImage() {
        byte[] tagged = TestImages.withSegments(JPEG, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6)));
        String id = service.uploaded(tagged);
        HttpResponse<String> answer = service.get("/api/images/" + id);
        JsonNode json = ImageService.json(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json.get("width").asInt()).isEqualTo(240);
        assertThat(json.get("frames").asInt()).isEqualTo(1);
        assertThat(json.get("perceptualHash").asText()).matches("[0-9a-f]{16}");
        assertThat(json.get("blurHash").asText()).hasSize(28).startsWith("L");
        assertThat(json.get("colors").size()).isBetween(3, 5);
        assertThat(json.get("colors").get(0).get("hex").asText()).matches("#[0-9a-f]{6}");
        assertThat(json.at("/metadata/Exif IFD0/Artist").asText()).isEqualTo("Ann Otto");
        assertThat(answer.body()).doesNotContain("GPS Latitude");
        assertThat(json.get("withheld").asInt()).isPositive();

        String etag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(service.get("/api/images/" + id, "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        HttpResponse<String> asked = service.get("/api/images/" + id + "?gps=true", "If-None-Match", etag);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(ImageService.json(asked).at("/metadata/GPS/GPS Latitude Ref").asText())
                .isEqualTo("N");
    }

    @Test
    void makesMissingFactsAgain() {
        String id = service.uploaded(JPEG);
        String before = service.get("/api/images/" + id).body();
        service.database.transaction(
                handle -> handle.execute("update asset set facts = null, phash = null where id = ?", id));

        assertThat(service.get("/api/images/" + id).body()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"/api/images,image/jpeg", "/api/images,form", "/upload,image/jpeg", "/upload,form", "/pipeline,form"})
    void leavesNothingBehindOfAnImageThatBreaksOff(String path, String kind) throws IOException {
        boolean form = kind.equals("form");
        String start = form
                ? "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nBM\0\0"
                : "BM\0\0";
        Wire client = new Wire(service.address.getPort());
        client.say("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + (form ? "multipart/form-data; boundary=xyz" : kind)
                + "\r\nContent-Length: 1000000\r\n\r\n" + start + "x".repeat(500_000));
        await().untilAsserted(() -> assertThat(service.spool).isNotEmptyDirectory());

        client.reset();

        await().untilAsserted(() -> assertThat(service.spool).isEmptyDirectory());
        assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void deletesAnImageWithAllThatWasMadeOfIt() {
        String id = service.uploaded(JPEG);
        HttpResponse<String> made = service.postJson(
                "/api/images/" + id + "/process", "{\"operations\":[{\"operation\":\"blur\",\"sigma\":2}]}");
        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(service.objects.keys().toString()).contains("assets/" + id + "/");

        assertThat(service.delete("/api/images/" + id).statusCode()).isEqualTo(204);

        assertThat(service.objects.keys().toString()).doesNotContain(id);
        assertThat(service.get("/api/images/" + id).statusCode()).isEqualTo(404);
        assertThat(service.delete("/api/images/" + id).statusCode()).isEqualTo(404);
        assertThat(service.delete("/api/images/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void findsWhatLooksAlikeNearestFirst() {
        byte[] dots = TestImages.written(checks(240, 180), "png");
        String original = service.uploaded(TestImages.jpeg(checks(320, 240), 0.95f));
        String smaller = service.uploaded(dots);
        String other = service.uploaded(TestImages.written(TestImages.greyRamp(200, 150), "png"));

        JsonNode near = ImageService.json(service.get("/api/images/" + original + "/similar?distance=12"));
        assertThat(near.get("similar").findValuesAsText("imageId"))
                .contains(smaller)
                .doesNotContain(original, other);
        assertThat(near.get("distance").asInt()).isEqualTo(12);

        JsonNode all = ImageService.json(service.get("/api/images/" + original + "/similar?distance=64&limit=1"));
        assertThat(all.get("similar").findValuesAsText("imageId")).hasSize(1);
        assertThat(service.get("/api/images/" + original + "/similar?distance=65")
                        .statusCode())
                .isEqualTo(400);
        assertThat(service.get("/api/images/" + original + "/similar?limit=101").statusCode())
                .isEqualTo(400);
    }

    private static java.awt.image.BufferedImage checks(int width, int height) {
        java.awt.image.BufferedImage image =
                new java.awt.image.BufferedImage(width, height, java.awt.image.BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            int x = 7 * (i % width) / width;
            int y = 5 * (i / width) / height;
            image.setRGB(i % width, i / width, (x * x + y * 3) % 4 * 0x404040 + 0x101010);
        }
        return image;
    }

    @Test
    void refusesWhatIsNoUsableImage() {
        assertProblem(service.post("/api/images", new byte[0]), 400, "missing_file");
        assertProblem(service.post("/api/images", "id,url".getBytes(StandardCharsets.UTF_8)), 415, "not_an_image");
        assertProblem(service.post("/api/images", Arrays.copyOf(JPEG, JPEG.length / 2)), 422, "corrupt_image");
        assertProblem(service.post("/api/images", new byte[3 << 20]), 413, "too_large");
        assertProblem(service.postForm("/api/images", new byte[3 << 20]), 413, "too_large");
        assertProblem(
                service.post("/api/images", "<svg></svg>".getBytes(StandardCharsets.UTF_8)), 415, "unsupported_format");
        assertProblem(service.post("/api/images", JPEG, "Content-Encoding", "gzip"), 415, "unsupported_media_type");
        assertThat(service.objects.keys()).allMatch(key -> !key.value().endsWith(".svg"));
    }

    @Test
    void refusesABodyThatOnlyShowsItsLengthAsItComes() {
        HttpResponse<byte[]> answer = service.bytes(service.request("/api/images")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[3 << 20]))));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void uploadTellsImagesFromCsvsByTheirContent() {
        HttpResponse<String> image = service.postForm("/upload", JPEG);
        assertThat(image.statusCode()).isEqualTo(201);
        assertThat(ImageService.json(image).fieldNames()).toIterable().containsExactly("imageId", "url");
        assertThat(service.post("/upload", JPEG, "Content-Type", "text/csv").statusCode())
                .isEqualTo(201);

        byte[] csv =
                "BM No.,Product Name,Input Image Urls\n1,A,https://a.example/1.jpg\n".getBytes(StandardCharsets.UTF_8);
        assertThat(ImageService.json(service.postForm("/upload", csv)).has("requestId"))
                .isTrue();
        HttpResponse<String> raw = service.post("/upload", csv, "Content-Type", "text/csv");
        assertThat(raw.statusCode()).isEqualTo(202);
        assertThat(ImageService.json(raw).has("requestId")).isTrue();
    }

    @Test
    void downloadsLeaveOutWhoAndWhere() {
        byte[] tagged = TestImages.withSegments(JPEG, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(1)));
        String id = service.uploaded(tagged);

        HttpResponse<byte[]> stripped = service.bytes(service.request("/download/" + id));
        assertThat(stripped.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(TestImages.contains(stripped.body(), "Ann Otto")).isFalse();
        assertThat(service.bytes(service.request("/download/" + id + "?metadata=keep"))
                        .body())
                .isEqualTo(tagged);
    }

    @Test
    void theUploadItselfIsNoPublicFile() {
        String id = service.uploaded(JPEG);

        assertThat(service.get("/files/assets/" + id + "/source.jpg").statusCode())
                .isEqualTo(404);
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(ImageService.json(answer).get("code").asText()).isEqualTo(code);
    }
}
