package dev.halftone.adapters.http.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.http.image.ImageService;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.tesseract.Written;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over real HTTP, with the real Tesseract that `./halftone test` installs.
class TextRoutesTest {
    private static final int WHITE = 0xffffffff;
    private static ImageService service;

    @BeforeAll
    static void begin() throws Exception {
        service = new ImageService("auto");
    }

    @AfterAll
    static void end() throws Exception {
        service.close();
    }

    private static HttpResponse<String> read(byte[] image, String query, String... headers) {
        return service.get("/api/images/" + service.uploaded(image) + "/text" + query, headers);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json; charset=utf-8");
        assertThat(ImageService.json(answer).get("code").asText()).isEqualTo(code);
    }

    @Test
    void tellsTheTextWithItsBoxes() throws IOException {
        HttpResponse<String> answer = read(Written.png("Price 129 euros", 900, 300, WHITE), "?lang=eng");
        JsonNode json = ImageService.json(answer);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
        assertThat(json.get("text").asText()).isEqualTo("Price 129 euros");
        assertThat(json.get("language").asText()).isEqualTo("eng");
        assertThat(json.get("width").asInt()).isEqualTo(900);
        assertThat(json.get("confidence").asDouble()).isBetween(0.7, 1.0);
        JsonNode line = json.get("lines").get(0);
        assertThat(line.get("text").asText()).isEqualTo("Price 129 euros");
        assertThat(line.get("box").get("top").asInt()).isBetween(100, 160);
        assertThat(line.get("words")).hasSize(3);
        assertThat(line.get("words").get(1).get("text").asText()).isEqualTo("129");
    }

    @Test
    void givesPlainTextToWhoAsksForIt() throws IOException {
        HttpResponse<String> answer = read(Written.png("Plain words", 700, 200, WHITE), "", "Accept", "text/plain");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(answer.headers().firstValue("Vary")).hasValue("Accept");
        assertThat(answer.body()).isEqualTo("Plain words");
    }

    @Test
    void readsAPhotoThatLiesOnItsSideUpright() throws IOException {
        BufferedImage upright =
                ImageIO.read(new ByteArrayInputStream(Written.png("Turned by a phone", 900, 300, WHITE)));
        BufferedImage lying = new BufferedImage(300, 900, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 900; x++) {
                lying.setRGB(y, 899 - x, upright.getRGB(x, y));
            }
        }
        // 6: a viewer turns it clockwise.
        byte[] photo = TestImages.withSegments(
                TestImages.jpeg(lying, 0.95f), TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6)));

        JsonNode json = ImageService.json(read(photo, ""));

        assertThat(json.get("text").asText()).isEqualTo("Turned by a phone");
        assertThat(json.get("width").asInt()).isEqualTo(900);
        assertThat(json.get("lines").get(0).get("box").get("top").asInt()).isBetween(100, 160);
    }

    @Test
    void readsWhatStandsOnAClearGround() throws IOException {
        assertThat(ImageService.json(read(Written.png("On nothing at all", 900, 300, 0), ""))
                        .get("text")
                        .asText())
                .isEqualTo("On nothing at all");
    }

    @Test
    void makesALargePictureSmallerButTellsBoxesOnTheLargeOne() throws IOException {
        JsonNode json = ImageService.json(read(Written.png("Large picture", 6000, 600, WHITE), ""));

        assertThat(json.get("text").asText()).isEqualTo("Large picture");
        JsonNode box = json.get("lines").get(0).get("box");
        int middle = box.get("left").asInt() + box.get("width").asInt() / 2;
        assertThat(middle).isBetween(2940, 3060);
        assertThat(box.get("top").asInt() + box.get("height").asInt() / 2).isBetween(260, 340);
    }

    @Test
    void tellsNoTextWhereThereIsNone() {
        JsonNode json = ImageService.json(read(TestImages.written(TestImages.greyRamp(90, 60), "png"), ""));

        assertThat(json.get("text").asText()).isEmpty();
        assertThat(json.get("lines")).isEmpty();
        assertThat(json.get("confidence").isNull()).isTrue();
    }

    @Test
    void refusesALanguageByNamingThoseThereAre() {
        byte[] image = TestImages.jpeg(TestImages.quarters(40, 30), 0.9f);
        for (String language : new String[] {"xyz", "eng+xyz", "osd", "..%2Feng", "-c"}) {
            HttpResponse<String> answer = read(image, "?lang=" + language);

            assertProblem(answer, 400, "unknown_language");
            assertThat(ImageService.json(answer).get("detail").asText()).contains("lang: is one or more of", "eng");
        }
    }

    @Test
    void knowsNoOtherImages() {
        assertProblem(service.get("/api/images/" + "0".repeat(26) + "/text"), 404, "not_found");
        assertProblem(service.get("/api/images/nonsense/text"), 404, "not_found");
    }

    @Test
    void saysWhatToInstallWhereTesseractIsMissing(@TempDir Path folder) throws Exception {
        try (ImageService bare = new ImageService(folder.resolve("tesseract").toString())) {
            String id = bare.uploaded(TestImages.jpeg(TestImages.quarters(40, 30), 0.9f));

            HttpResponse<String> answer = bare.get("/api/images/" + id + "/text");

            assertProblem(answer, 501, "unsupported_operation");
            assertThat(ImageService.json(answer).get("detail").asText())
                    .contains("apt-get install tesseract-ocr")
                    .doesNotContain(folder.toString());
        }
    }

    @Test
    void saysThatReadingFailedWithoutSayingMore(@TempDir Path folder) throws Exception {
        Path broken = folder.resolve("broken");
        Files.writeString(broken, """
                #!/bin/sh
                case $1 in --version) echo tesseract 5 ;; --list-langs) echo eng ;; *) echo /secret >&2; exit 9 ;; esac
                """);
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
        try (ImageService bad = new ImageService(broken.toString())) {
            String id = bad.uploaded(TestImages.jpeg(TestImages.quarters(40, 30), 0.9f));

            HttpResponse<String> answer = bad.get("/api/images/" + id + "/text");

            assertProblem(answer, 500, "internal");
            assertThat(answer.body()).doesNotContain("secret");
        }
    }
}
