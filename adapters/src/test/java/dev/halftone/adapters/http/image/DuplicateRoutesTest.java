package dev.halftone.adapters.http.image;

import static dev.halftone.adapters.http.image.ImageRoutesTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.queue.Plant;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DuplicateRoutesTest {
    private static ImageService service;

    @BeforeAll
    static void begin() throws Exception {
        service = new ImageService();
        service.web.put("https://a.example/1.jpg", TestImages.jpeg(TestImages.quarters(320, 240), 0.95f));
        service.web.put("https://b.example/2.png", TestImages.written(TestImages.quarters(160, 120), "png"));
        service.web.put("https://c.example/3.png", TestImages.written(TestImages.greyRamp(90, 90), "png"));
        service.work();
    }

    @AfterAll
    static void end() throws Exception {
        service.close();
    }

    private static String ended(String query) {
        String csv = """
                S. No.,Product Name,Input Image Urls
                1,A,https://a.example/1.jpg
                2,B,https://c.example/3.png https://b.example/2.png
                3,C,https://a.example/1.jpg
                """;
        String id = ImageService.json(service.post(
                        "/api/batches" + query, csv.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/csv"))
                .get("requestId")
                .asText();
        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> ImageService.json(service.get("/api/batches/" + id))
                        .get("status")
                        .asText()
                        .equals("completed"));
        return id;
    }

    @Test
    void groupsNearDuplicatesOfABatch() {
        JsonNode report = ImageService.json(service.get("/api/batches/" + ended("?duplicates=true") + "/duplicates"));

        assertThat(report.get("status").asText()).isEqualTo("completed");
        assertThat(report.get("compared").asInt()).isEqualTo(3);
        assertThat(report.get("groups")).hasSize(1);
        assertThat(report.at("/groups/0").findValuesAsText("inputUrl"))
                .containsExactly("https://a.example/1.jpg", "https://b.example/2.png");
        assertThat(report.at("/groups/0").findValuesAsText("line")).containsExactly("2", "3");
        assertThat(report.at("/groups/0/images/0/copies").asInt()).isEqualTo(2);
        assertThat(report.at("/groups/0/images/0/outputUrl").asText()).startsWith("https://images.example.test/files/");
    }

    @Test
    void refusesWhatWasNotCompared() {
        String plain = ended("");

        assertProblem(service.get("/api/batches/" + plain + "/duplicates"), 409, "not_compared");
        assertProblem(service.get("/api/batches/" + "0".repeat(26) + "/duplicates"), 404, "not_found");
        assertProblem(service.get("/api/batches/" + plain + "/duplicates?distance=7"), 400, "invalid_parameter");
    }
}
