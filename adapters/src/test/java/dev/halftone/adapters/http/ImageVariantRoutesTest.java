package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.halftone.adapters.http.VariantFixture.Setting;
import dev.halftone.domain.asset.AssetId;
import dev.halftone.domain.transform.SignedLink;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageVariantRoutesTest {
    private static final String KEY = "a key for tests";

    @TempDir
    Path folder;

    private VariantFixture fixture;
    private AssetId id;
    private String path;

    @BeforeEach
    void start() {
        restart(Setting.PLAIN);
    }

    private void restart(Setting setting) {
        if (fixture != null) {
            fixture.close();
        }
        fixture = new VariantFixture(folder, setting);
        id = fixture.uploaded(1);
        path = "/images/" + id;
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private HttpResponse<String> get(String query, String... headers) {
        return fixture.server.get(path + query, headers);
    }

    @Test
    void servesAPictureForCachesOnItsWay() {
        HttpResponse<String> response = get("?w=300");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("maxWidth=OptionalInt[300]").startsWith("jpeg of");
        var headers = response.headers();
        assertThat(headers.firstValue("Content-Type")).contains("image/jpeg");
        assertThat(headers.allValues("Cache-Control")).containsExactly("public, max-age=2592000, immutable");
        assertThat(headers.firstValue("ETag").orElseThrow()).matches("\"[0-9a-f]{32}\"");
        assertThat(headers.firstValue("Accept-Ranges")).contains("bytes");
        assertThat(headers.firstValue("Vary")).isEmpty();
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; sandbox; frame-ancestors 'none'");
        assertThat(headers.allValues("Cross-Origin-Resource-Policy")).containsExactly("cross-origin");
        assertThat(headers.firstValue("Content-Disposition")).isEmpty();
    }

    @Test
    void servesTheOriginalWithoutItsMetadata() {
        HttpResponse<byte[]> response = fixture.server.getBytes(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(java.util.Arrays.copyOf(VariantFixture.jpeg(1, 2_000), 1_000));
        assertThat(fixture.made).hasValue(0);
    }

    @Test
    void makesEqualTransformsOnce() {
        String etag = get("?w=300&h=200&fit=max").headers().firstValue("ETag").orElseThrow();

        assertThat(get("?height=200&width=300&q=75").headers().firstValue("ETag"))
                .contains(etag);
        assertThat(get("?h=100&w=150&dpr=2").headers().firstValue("ETag")).contains(etag);
        assertThat(fixture.made).hasValue(1);
        assertThat(get("?w=301&h=200").headers().firstValue("ETag").orElseThrow())
                .isNotEqualTo(etag);
    }

    @Test
    void answersAKnownEtagWith304() {
        String etag = get("?w=300&auto=format").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> response = get("?w=300&auto=format", "If-None-Match", etag);

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("ETag")).contains(etag);
        assertThat(response.headers().firstValue("Vary")).contains("Accept");
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).startsWith("public");
        assertThat(get("?w=300&auto=format", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void servesRanges() {
        String whole = get("?w=300").body();
        HttpResponse<String> part = get("?w=300", "Range", "bytes=2-5");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(whole.substring(2, 6));
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-5/" + whole.length());
        assertThat(get("?w=300", "Range", "bytes=2-5", "If-Range", "\"other\"").body())
                .isEqualTo(whole);
        HttpResponse<String> outside = get("?w=300", "Range", "bytes=99999-");
        assertProblem(outside, 416, "range_not_satisfiable");
        assertThat(outside.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void answersHeadWithTheLength() {
        HttpResponse<String> head = fixture.server.send("HEAD", path + "?w=300");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .contains(Integer.toString(get("?w=300").body().length()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            image/avif,image/webp,*/*;q=0.8 > image/avif
            image/avif;q=0,image/webp       > image/webp
            image/webp;q=0.1,image/jpeg     > image/jpeg
            */*                             > image/jpeg
            """)
    void negotiatesTheFormat(String accept, String type) {
        HttpResponse<String> response = get("?w=300&auto=format", "Accept", accept);

        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        assertThat(response.headers().firstValue("Vary")).contains("Accept");
        assertThat(get("?w=300&auto=format&fm=png", "Accept", accept).headers().firstValue("Content-Type"))
                .contains("image/png");
        assertThat(get("?w=300&fm=png", "Accept", accept).headers().firstValue("Vary"))
                .isEmpty();
    }

    @Test
    void deliversAFormatThatWasAskedForByName() {
        assertThat(get("?fm=png").headers().firstValue("Content-Type")).contains("image/png");
        assertThat(get("?q=50").body()).contains("quality=Quality[value=50]");
        assertThat(get("?auto=compress").body()).contains("quality=Quality[value=45]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            a.jpg              > attachment; filename="a.jpg"
            %C3%A9%20%22x.jpg  > attachment; filename="_ _x.jpg"; filename*=UTF-8''%C3%A9%20%22x.jpg
            ..%2F%0D%0Ax.jpg   > attachment; filename="..--x.jpg"
            """)
    void namesADownload(String name, String header) {
        assertThat(get("?w=300&dl=" + name).headers().firstValue("Content-Disposition"))
                .contains(header);
    }

    @Test
    void tellsEveryMistake() {
        HttpResponse<String> response = get("?w=0&f=crop&nope=1");

        assertProblem(response, 400, "invalid_transform");
        assertThat(RunningServer.json(response).get("errors")).hasSize(3);
        assertThat(response.body()).contains("write fit= or fm=");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertProblem(get("?txt=%ff"), 400, "invalid_transform");
        assertProblem(get("?rect=600,0,10,10"), 400, "invalid_transform");
        assertProblem(get("?mark=00000000000000000000000000"), 400, "invalid_transform");
        assertProblem(get("?w=8192&h=8192&fit=fill"), 413, "too_many_pixels");
        assertProblem(fixture.server.get("/images/nope?w=3"), 404, "not_found");
        assertProblem(fixture.server.get("/images/00000000000000000000000000?w=3"), 404, "not_found");
        assertThat(fixture.made).hasValue(0);
    }

    @Test
    void resolvesPresetsThatMayChange() {
        HttpResponse<String> response = get("?p=thumb");

        assertThat(response.body()).contains("CROP");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("public, max-age=2592000");
    }

    @Test
    void servesOnlySignedAddressesWhereAKeyIsSet() {
        restart(Setting.PLAIN.withKey(KEY));
        SignedLink link = new SignedLink(KEY);
        String signed = link.sign(path, "w=300&fit=crop&h=100", Optional.empty());

        assertThat(fixture.server.get(signed).statusCode()).isEqualTo(200);
        assertThat(fixture.server.get(signed).headers().allValues("Cache-Control"))
                .containsExactly("public, max-age=2592000, immutable");
        for (String other : List.of(
                path,
                path + "?w=300",
                path + "?nope=1",
                signed.replace("w=300", "w=301"),
                signed + "&blur=20",
                signed.replace(path, "/images/" + fixture.uploaded(2)),
                signed.substring(0, signed.length() - 1))) {
            HttpResponse<String> refused = fixture.server.get(other);
            assertProblem(refused, 403, "invalid_signature");
            assertThat(refused.headers().allValues("Cache-Control")).containsExactly("no-store");
        }
        assertThat(fixture.made).hasValue(1);
    }

    @Test
    void endsALinkWithItsTime() {
        restart(Setting.PLAIN.withKey(KEY));
        Instant end = fixture.now.get().plusSeconds(60);
        String signed = new SignedLink(KEY).sign(path, "w=300", Optional.of(end));

        assertThat(fixture.server.get(signed).headers().allValues("Cache-Control"))
                .containsExactly("public, max-age=60");
        fixture.now.set(end);
        assertProblem(fixture.server.get(signed), 410, "link_expired");
        assertProblem(
                fixture.server.get(signed.replace("" + end.getEpochSecond(), "" + (end.getEpochSecond() + 60))),
                403,
                "invalid_signature");
    }

    @Test
    void makesAPictureOnceForAllWhoAskAtOnce() {
        fixture.engine.drainPermits();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                asked.add(CompletableFuture.supplyAsync(() -> get("?w=300"), callers));
            }
            await().until(() -> fixture.variants.pending() == 1);
            fixture.engine.release(1);
            assertThat(asked)
                    .allSatisfy(one -> assertThat(one.join().statusCode()).isEqualTo(200));
        }
        assertThat(fixture.made).hasValue(1);
    }

    @Test
    void refusesMoreThanMayWait() {
        restart(Setting.PLAIN.withQueue(5));
        fixture.engine.drainPermits();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<HttpResponse<String>>> asked = fixture.pathsOf(id, 40).stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> fixture.server.get(one), callers))
                    .toList();
            await().until(() -> asked.stream().filter(CompletableFuture::isDone).count() == 35);
            assertThat(fixture.server.get("/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = asked.stream()
                    .filter(CompletableFuture::isDone)
                    .findFirst()
                    .orElseThrow()
                    .join();
            assertProblem(refused, 429, "too_many_waiting");
            assertThat(refused.headers().firstValue("Retry-After")).contains("2");
            assertThat(refused.headers().allValues("Cache-Control")).containsExactly("no-store");
            fixture.engine.release(1_000);
            Map<Integer, Long> statuses = asked.stream()
                    .map(one -> one.join().statusCode())
                    .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
            assertThat(statuses).isEqualTo(Map.of(200, 5L, 429, 35L));
        }
    }

    @Test
    void servesFromTheFolderAfterARestart() {
        String before = get("?w=300").body();
        restart(Setting.PLAIN);

        assertThat(get("?w=300").body()).isEqualTo(before);
        assertThat(fixture.made).hasValue(0);
    }

    @Test
    void purgesWhatWasMadeFromAnImage() {
        AssetId other = fixture.uploaded(2);
        fixture.pathsOf(id, 4).forEach(fixture.server::get);
        fixture.pathsOf(other, 1).forEach(fixture.server::get);

        HttpResponse<String> purged = fixture.server.send("DELETE", "/api/images/" + id + "/variants");

        assertThat(purged.statusCode()).isEqualTo(200);
        assertThat(RunningServer.json(purged).get("imageId").asText()).isEqualTo(id.toString());
        assertThat(RunningServer.json(purged).get("purged").asInt()).isEqualTo(4);
        fixture.pathsOf(other, 1).forEach(fixture.server::get);
        assertThat(fixture.made).hasValue(5);
        fixture.pathsOf(id, 1).forEach(fixture.server::get);
        assertThat(fixture.made).hasValue(6);
        assertProblem(
                fixture.server.send("DELETE", "/api/images/00000000000000000000000000/variants"), 404, "not_found");
    }

    @Test
    void servesNothingOfADeletedImage() {
        get("?w=300");
        fixture.assets.remove(id);
        fixture.now.updateAndGet(now -> now.plus(Duration.ofSeconds(6)));

        assertProblem(get("?w=300"), 404, "not_found");
    }
}
