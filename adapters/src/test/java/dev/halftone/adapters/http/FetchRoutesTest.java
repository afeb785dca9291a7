package dev.halftone.adapters.http;

import static dev.halftone.adapters.http.ProblemAssert.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.VariantFixture.Setting;
import dev.halftone.domain.transform.SignedLink;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchRoutesTest {
    @TempDir
    Path folder;

    private static String path(String url) {
        return "/fetch/" + URLEncoder.encode(url, UTF_8).replace("+", "%20");
    }

    @Test
    void areOffUntilAHostIsAllowed() {
        try (VariantFixture fixture = new VariantFixture(folder, Setting.PLAIN)) {
            assertProblem(fixture.server.get(path("https://cdn.test/a.jpg") + "?w=3"), 404, "remote_sources_off");
            assertThat(fixture.downloads).isEmpty();
        }
    }

    @Test
    void serveAllowedHosts() {
        try (VariantFixture fixture = new VariantFixture(folder, Setting.PLAIN.withHosts("cdn.test,*.shop.test"))) {
            HttpResponse<String> response = fixture.server.get(path("https://cdn.test/a%20b.jpg?v=1&x=/y") + "?w=300");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("maxWidth=OptionalInt[300]");
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("public, max-age=2592000");
            assertThat(fixture.downloads).containsExactly("https://cdn.test/a%20b.jpg?v=1&x=/y");
            assertThat(fixture.server
                            .get(path("https://cdn.test/a%20b.jpg?v=1&x=/y") + "?w=200&auto=format")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(fixture.downloads).as("one download serves all sizes").hasSize(1);
            assertThat(fixture.server
                            .get(path("http://a.shop.test/a.jpg") + "?h=9")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(fixture.downloads).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.test/a.jpg,403,host_not_allowed",
        "https://cdn.test.evil.test/a.jpg,403,host_not_allowed",
        "https://cdn.test:8443/a.jpg,403,host_not_allowed",
        "https://cdn.test@other.test/a.jpg,400,invalid_url",
        "file:///etc/passwd,400,invalid_url",
        "ftp://cdn.test/a.jpg,400,invalid_url",
        "a.jpg,400,invalid_url"
    })
    void serveNothingElse(String url, int status, String code) {
        try (VariantFixture fixture = new VariantFixture(folder, Setting.PLAIN.withHosts("cdn.test"))) {
            HttpResponse<String> response = fixture.server.get(path(url) + "?w=300");

            assertProblem(response, status, code);
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(fixture.downloads).isEmpty();
        }
    }

    @Test
    void needASignatureWhereAKeyIsSet() {
        try (VariantFixture fixture =
                new VariantFixture(folder, Setting.PLAIN.withHosts("cdn.test").withKey("secret"))) {
            String path = path("https://cdn.test/a.jpg");

            assertProblem(fixture.server.get(path + "?w=300"), 403, "invalid_signature");
            assertThat(fixture.server
                            .get(new SignedLink("secret").sign(path, "w=300", Optional.empty()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
