package dev.halftone.adapters.http.image;

import static dev.halftone.adapters.http.image.ImageRoutesTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.queue.Plant;
import dev.halftone.domain.event.WebhookMessage;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pipelines at once and as jobs, from the request to the webhook.
class ProcessRoutesTest {
    private static final byte[] JPEG = TestImages.jpeg(TestImages.quarters(320, 240), 0.95f);
    private static final String BLUR = "{\"operations\":[{\"operation\":\"blur\",\"sigma\":2}]%s}";
    private ImageService service;
    private String id;

    @BeforeEach
    void begin() throws Exception {
        service = new ImageService();
        id = service.uploaded(JPEG);
    }

    @AfterEach
    void end() throws Exception {
        service.close();
    }

    private HttpResponse<String> process(String json) {
        return service.postJson("/api/images/" + id + "/process", json);
    }

    @Test
    void smallWorkIsDoneAtOnceAndOnlyOnce() throws Exception {
        String body = """
                {"operations":[{"operation":"format","type":"png"},{"operation":"compress","quality":80,"format":"png"}]}
                """;
        HttpResponse<String> answer = process(body);
        JsonNode json = ImageService.json(answer);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json.get("format").asText()).isEqualTo("png");
        assertThat(json.get("width").asInt()).isEqualTo(320);
        assertThat(json.get("notes").isArray()).isTrue();
        String url = json.get("url").asText();
        assertThat(url).matches("https://images.example.test/files/assets/" + id + "/[0-9a-f]{64}\\.png");
        int runs = service.made.get();

        assertThat(process(body).body()).isEqualTo(answer.body());

        assertThat(service.made.get()).isEqualTo(runs);
        HttpResponse<byte[]> file =
                service.bytes(service.request(URI.create(url).getPath()));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).hasSize(json.get("bytes").asInt());
        assertThat(file.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
    }

    @Test
    void whatThisServerHasNoPartForIsRefusedAtOnceAndMakesNoJob() {
        String body = "{\"operations\":[{\"operation\":\"removebackground\",\"method\":\"model\"}],\"async\":%s}";
        for (String async : List.of("true", "false")) {
            HttpResponse<String> answer = process(body.formatted(async));

            assertProblem(answer, 501, "unsupported_operation");
            assertThat(answer.body()).contains("HALFTONE_BACKGROUND_MODEL");
        }
    }

    @Test
    void severalWhoAskAtOnceAreAnsweredWithOneRun() {
        int before = service.made.get();
        List<CompletableFuture<HttpResponse<String>>> answers = new java.util.ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> process(BLUR.formatted(""))));
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));

        assertThat(service.made.get() - before).isEqualTo(1);
    }

    @Test
    void tellsEveryMistakeOfAPipeline() {
        HttpResponse<String> answer = process("""
                {"operations":[{"operation":"resize","width":0},{"operation":"melt"}]}""");

        assertProblem(answer, 400, "invalid_pipeline");
        assertThat(ImageService.json(answer).findValuesAsText("field"))
                .containsExactly("operations[0].width", "operations[1].operation");
        assertThat(ImageService.json(answer).get("detail").asText())
                .isEqualTo("There are 2 mistakes; the first: operations[0].width is from 1 to 16383, not 0.");
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertProblem(process("{"), 400, "invalid_json");
        assertProblem(process("[]"), 400, "bad_request");
        assertProblem(process("{\"operation\":[]}"), 400, "unknown_field");
        assertProblem(process("{\"operations\":[],\"operations\":[]}"), 400, "invalid_json");
        assertProblem(process("[".repeat(10_000)), 400, "invalid_json");
        assertProblem(process("{\"operations\":[],\"async\":1}"), 400, "invalid_field");
        assertProblem(process("{\"operations\":[],\"webhookUrl\":\"ftp://a\"}"), 400, "invalid_field");
        assertProblem(
                service.postJson("/api/images/" + "0".repeat(26) + "/process", "{\"operations\":[]}"),
                404,
                "not_found");
        assertProblem(
                process("{\"operations\":[{\"operation\":\"watermark\",\"imageId\":\"%s\"}]}"
                        .formatted("0".repeat(26))),
                422,
                "not_found");
        assertProblem(process("{\"operations\":[{\"operation\":\"trim\"}]}"), 415, "unsupported_format");
    }

    @Test
    void laysOneImageOnAnother() {
        String logo = service.uploaded(TestImages.written(TestImages.quarters(20, 10), "png"));

        assertThat(process("{\"operations\":[{\"operation\":\"watermark\",\"imageId\":\"%s\"}]}".formatted(logo))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void heavyWorkBecomesAJob() {
        String heavy = "{\"operations\":[{\"operation\":\"resize\",\"width\":9000,\"fit\":\"clip\"},"
                + "{\"operation\":\"format\",\"type\":\"png\"}]}";
        HttpResponse<String> answer = process(heavy);
        JsonNode accepted = ImageService.json(answer);
        String job = accepted.get("jobId").asText();

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(accepted.get("status").asText()).isEqualTo("pending");
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("https://images.example.test/api/jobs/" + job)
                .hasValue(accepted.at("/links/self").asText());
        assertProblem(service.get("/download/" + job), 409, "not_done");

        service.work();
        JsonNode ended = service.awaitEnd(job);

        assertThat(ended.get("status").asText()).isEqualTo("done");
        assertThat(ended.get("progress").asInt()).isEqualTo(100);
        assertThat(ended.get("attempts").asInt()).isEqualTo(1);
        assertThat(ended.at("/result/width").asInt()).isEqualTo(9000);
        assertThat(service.bytes(service.request("/download/" + job)).body())
                .hasSize(ended.at("/result/bytes").asInt());
        assertThat(service.get("/jobs/" + job).body())
                .isEqualTo(service.get("/api/jobs/" + job).body());
        // What is there is not made again, however heavy.
        assertThat(process(heavy).statusCode()).isEqualTo(200);
    }

    @Test
    void aJobIsToldWhenItEnds() {
        service.work();
        HttpResponse<String> answer = process(BLUR.formatted(",\"webhookUrl\":\"https://hook.example/in\""));
        JsonNode accepted = ImageService.json(answer);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(accepted.get("webhookSecret").asText()).startsWith("whsec_");
        Awaitility.await().atMost(Plant.LIMIT).until(() -> !service.told.isEmpty());

        WebhookMessage message = service.told.element();
        assertThat(message.endpoint()).hasToString("https://hook.example/in");
        assertThat(message.body())
                .startsWith("{\"type\":\"job.done\"")
                .contains("\"jobId\":\"" + accepted.get("jobId").asText() + "\"", "\"status\":\"done\"");
        HttpResponse<String> failing =
                process("{\"operations\":[{\"operation\":\"trim\"}],\"webhookUrl\":\"https://hook.example/in\"}");
        assertThat(ImageService.json(failing).has("webhookSecret")).isFalse();
        JsonNode failed =
                service.awaitEnd(ImageService.json(failing).get("jobId").asText());
        assertThat(failed.get("status").asText()).isEqualTo("failed");
        assertThat(failed.at("/failure/code").asText()).isEqualTo("unsupported_format");
        assertThat(failed.at("/failure/willRetry").asBoolean()).isFalse();
        Awaitility.await().atMost(Plant.LIMIT).until(() -> service.told.size() == 2);
        assertThat(service.told).anyMatch(told -> told.body().startsWith("{\"type\":\"job.failed\""));
    }

    @Test
    void serverSentEventsFollowAJobToItsEnd() throws Exception {
        String job = ImageService.json(process(BLUR.formatted(",\"async\":true")))
                .get("jobId")
                .asText();
        CompletableFuture<HttpResponse<String>> watched = service.client()
                .sendAsync(
                        service.request("/api/jobs/" + job + "/events").build(), HttpResponse.BodyHandlers.ofString());
        service.work();
        HttpResponse<String> stream = watched.get(60, TimeUnit.SECONDS);

        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(stream.body()).startsWith("event: progress\ndata: {\"jobId\":\"" + job);
        assertThat(stream.body()).contains("event: done\ndata: {").endsWith("}\n\n");
        assertThat(service.get("/api/jobs/" + "0".repeat(26) + "/events").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aWebSocketFollowsAJobToItsEnd() throws Exception {
        String job = ImageService.json(process(BLUR.formatted(",\"async\":true")))
                .get("jobId")
                .asText();
        Listening listening = new Listening();
        service.client()
                .newWebSocketBuilder()
                .buildAsync(socket(job), listening)
                .get(20, TimeUnit.SECONDS);
        Awaitility.await().atMost(Plant.LIMIT).until(() -> !listening.texts.isEmpty());
        service.work();

        assertThat(listening.closed.get(60, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(listening.texts.peek()).startsWith("{\"type\":\"progress\",\"data\":{\"jobId\":\"" + job);
        assertThat(listening.texts).last().asString().startsWith("{\"type\":\"done\"");

        Listening lost = new Listening();
        service.client()
                .newWebSocketBuilder()
                .buildAsync(socket("0".repeat(26)), lost)
                .get(20, TimeUnit.SECONDS);
        assertThat(lost.closed.get(20, TimeUnit.SECONDS)).isEqualTo(4404);
    }

    @Test
    void noOtherSiteOpensAWebSocket() {
        CompletableFuture<WebSocket> refused = service.client()
                .newWebSocketBuilder()
                .header("Origin", "https://elsewhere.example")
                .buildAsync(socket("0".repeat(26)), new Listening());

        assertThat(refused).failsWithin(Duration.ofSeconds(20));
    }

    private URI socket(String job) {
        return URI.create("ws://127.0.0.1:" + service.address.getPort() + "/api/jobs/" + job + "/events");
    }

    private static final class Listening implements WebSocket.Listener {
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                texts.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return CompletableFuture.completedStage(null);
        }
    }

    @Test
    void theOldShapesOfProcess() {
        String body = "{\"imageId\":\"%s\",\"operations\":[{\"operation\":\"blur\",\"sigma\":2}]%s}";

        JsonNode made = ImageService.json(service.postJson("/process", body.formatted(id, "")));
        assertThat(made.fieldNames()).toIterable().containsExactly("url");
        JsonNode later = ImageService.json(service.postJson("/process", body.formatted(id, ",\"async\":true")));
        assertThat(later.fieldNames()).toIterable().containsExactly("jobId");
        assertProblem(service.postJson("/process", body.formatted("x", "")), 400, "invalid_field");
        assertProblem(service.postJson("/process", body.formatted("0".repeat(26), "")), 404, "not_found");
    }

    /// The deletion has looked at the variants already when the new one is to be stored.
    @Test
    void anImageThatIsDeletedWhileAVariantIsStoredLeavesNothing() throws Exception {
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch make = new CountDownLatch(1);
        CountDownLatch deleting = new CountDownLatch(1);
        CountDownLatch delete = new CountDownLatch(1);
        service.beforeMade.set(() -> {
            made.countDown();
            await(make);
        });
        service.objects.beforeDelete.set(key -> {
            if (key.value().contains("/source.")) {
                deleting.countDown();
                await(delete);
            }
        });
        CompletableFuture<HttpResponse<String>> making =
                CompletableFuture.supplyAsync(() -> process(BLUR.formatted("")));
        await(made);
        CompletableFuture<HttpResponse<String>> deletion =
                CompletableFuture.supplyAsync(() -> service.delete("/api/images/" + id));
        await(deleting);
        make.countDown();

        assertThat(making.get(30, TimeUnit.SECONDS).statusCode()).isGreaterThanOrEqualTo(400);
        delete.countDown();
        assertThat(deletion.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
        assertThat(service.objects.keys()).noneMatch(key -> key.value().contains(id));
        assertThat(service.get("/api/images/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void aDeletionThatWasInterruptedIsGivenAgain() {
        process(BLUR.formatted(""));
        service.objects.beforeDelete.set(key -> {
            throw HalftoneException.of(FailureCode.STORAGE_UNAVAILABLE, "the store is away");
        });
        assertThat(service.delete("/api/images/" + id).statusCode()).isEqualTo(503);
        assertThat(service.get("/api/images/" + id).statusCode()).isEqualTo(404);
        assertThat(process(BLUR.formatted("")).statusCode()).isEqualTo(404);

        service.objects.beforeDelete.set(key -> {});
        assertThat(service.delete("/api/images/" + id).statusCode()).isEqualTo(204);
        assertThat(service.objects.keys()).noneMatch(key -> key.value().contains(id));
        assertThat(service.delete("/api/images/" + id).statusCode()).isEqualTo(404);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void deletingAnImageEndsItsJobs() {
        String job = ImageService.json(process(BLUR.formatted(",\"async\":true")))
                .get("jobId")
                .asText();
        service.delete("/api/images/" + id);
        service.work();

        assertThat(service.get("/api/jobs/" + job).statusCode()).isEqualTo(404);
        Awaitility.await()
                .atMost(Plant.LIMIT)
                .until(() -> service.database.read(handle -> handle.createQuery("select count(*) from job_queue")
                                .mapTo(Integer.class)
                                .one())
                        == 0);
    }
}
