package dev.halftone.adapters.http.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImaginaryRoutesTest {
    private static final byte[] JPEG = TestImages.jpeg(TestImages.quarters(320, 240), 0.95f);
    private static ImageService service;

    @BeforeAll
    static void begin() throws Exception {
        service = new ImageService();
    }

    @AfterAll
    static void end() throws Exception {
        service.close();
    }

    private static HttpResponse<byte[]> run(String operations, byte[] body, String more) {
        String query = "/pipeline?operations=" + URLEncoder.encode(operations, StandardCharsets.UTF_8) + more;
        return service.bytes(service.request(query).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static String size(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode())
                .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.headers().firstValue("Image-Width").orElseThrow() + "x"
                + answer.headers().firstValue("Image-Height").orElseThrow();
    }

    private static String problem(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void answersTheBytes() {
        HttpResponse<byte[]> answer = run("[{\"operation\":\"convert\",\"params\":{\"type\":\"png\"}}]", JPEG, "");

        assertThat(size(answer)).isEqualTo("320x240");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(answer.body()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void runsOperationsInOrder() {
        assertThat(size(run("""
                        [{"operation":"crop","params":{"width":"200","height":100}},
                         {"operation":"rotate","params":{"rotate":90}},
                         {"operation":"thumbnail","params":{"width":50,"type":"jpeg","quality":60,"stripmeta":true}}]""", JPEG, ""))).isEqualTo("50x100");
    }

    @Test
    void knowsTheNamesOfOperations() {
        List.of(
                        Map.entry("smartcrop|{\"width\":100,\"height\":90}", "100x90"),
                        Map.entry("crop|{\"width\":100,\"height\":90,\"gravity\":\"smart\"}", "100x90"),
                        Map.entry("resize|{\"width\":160}", "160x120"),
                        Map.entry("resize|{\"width\":160,\"height\":160}", "160x160"),
                        Map.entry("resize|{\"width\":160,\"height\":160,\"embed\":false}", "160x120"),
                        Map.entry("enlarge|{\"width\":640,\"height\":640}", "640x640"),
                        Map.entry("extract|{\"top\":10,\"left\":20,\"areawidth\":30,\"areaheight\":40}", "30x40"),
                        Map.entry("autorotate|{}", "320x240"),
                        Map.entry("flip|{}", "320x240"),
                        Map.entry("flop|{}", "320x240"),
                        Map.entry("fit|{\"width\":100,\"height\":100}", "100x75"),
                        Map.entry("blur|{\"sigma\":\"2.5\",\"minampl\":1}", "320x240"),
                        Map.entry("watermark|{\"text\":\"2026\",\"color\":\"255,200,50\",\"opacity\":0.5}", "320x240"))
                .forEach(each -> {
                    String[] parts = each.getKey().split("\\|");
                    assertThat(size(run(
                                    "[{\"operation\":\"%s\",\"params\":%s}]".formatted(parts[0], parts[1]), JPEG, "")))
                            .as(each.getKey())
                            .isEqualTo(each.getValue());
                });
    }

    @Test
    void refusesUnsupportedOperationsByName() {
        assertThat(problem(run("[{\"operation\":\"zoom\",\"params\":{\"factor\":2}}]", JPEG, "")))
                .contains("operations[0].operation is one of crop", "not \\\"zoom\\\"");
        assertThat(problem(run("[{\"operation\":\"blur\",\"params\":{\"sigma\":2,\"colorspace\":\"bw\"}}]", JPEG, "")))
                .contains("operations[0].params.colorspace is no parameter of blur here");
        assertThat(problem(run("[{\"operation\":\"crop\",\"params\":{\"width\":99999}}]", JPEG, "")))
                .contains("operations[0].params.width is from 1 to 16383, not 99999");
        assertThat(problem(run("[]", JPEG, ""))).contains("is a list of 1 to 10 operations");
        assertThat(problem(run("{", JPEG, ""))).contains("invalid_json");
    }

    @Test
    void leavesOutWhatMayFail() {
        // The made-up engine never trims; trim is not imaginary's, but failing is.
        String failing = "{\"operation\":\"watermarkImage\",\"params\":{\"image\":\"https://no.example/x.png\"}%s}";
        String mistaken = "{\"operation\":\"blur\",\"params\":{\"sigma\":-1},\"ignore_failure\":true}";
        String fit = "{\"operation\":\"fit\",\"params\":{\"width\":100,\"height\":100}}";

        assertThat(size(run("[" + mistaken + "," + fit + "]", JPEG, ""))).isEqualTo("100x75");
        assertThat(size(run("[" + failing.formatted(",\"ignore_failure\":true") + "," + fit + "]", JPEG, "")))
                .isEqualTo("100x75");
        assertThat(run("[" + failing.formatted("") + "," + fit + "]", JPEG, "").statusCode())
                .isEqualTo(422);
    }

    @Test
    void takesTheImageFromAForm() {
        HttpRequest.Builder request = service.request("/pipeline", "Content-Type", "multipart/form-data; boundary=xyz")
                .POST(HttpRequest.BodyPublishers.ofByteArray(ImageService.form(
                        JPEG, "operations", "[{\"operation\":\"fit\",\"params\":{\"width\":80,\"height\":80}}]")));

        assertThat(size(service.bytes(request))).isEqualTo("80x60");
    }

    @Test
    void fetchesAnAddressThroughTheGuard() {
        service.web.put("https://shop.example/a.jpg", JPEG);
        service.web.put("https://shop.example/logo.png", TestImages.written(TestImages.quarters(9, 9), "png"));
        String mark = "[{\"operation\":\"watermarkImage\",\"params\":{\"image\":\"https://shop.example/logo.png\"}}]";

        assertThat(size(run(mark, new byte[0], "&url=https://shop.example/a.jpg")))
                .isEqualTo("320x240");
        assertThat(run(mark, new byte[0], "&url=http://10.0.0.1/a.jpg").statusCode())
                .isEqualTo(422);
        assertThat(run(mark, new byte[0], "&url=file:///etc/passwd").statusCode())
                .isEqualTo(400);
        assertThat(run(mark, new byte[0], "").statusCode()).isEqualTo(400);
        assertThat(run(mark, JPEG, "&url=https://shop.example/a.jpg").statusCode())
                .isEqualTo(400);
    }
}
