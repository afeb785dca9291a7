package dev.halftone.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// What holds for every answer there is: the security headers, the kinds of content, and one form of problem.
final class SafeAnswer {
    private SafeAnswer() {}

    /// @param what was asked, method first
    static void check(String what, RawClient.Answer answer) throws IOException {
        checkHeaders(what, answer);
        checkContent(what, answer);
        if (answer.status() >= 400) {
            checkProblem(what, answer);
        }
    }

    private static void checkHeaders(String what, RawClient.Answer answer) {
        assertThat(answer.header("Content-Security-Policy"))
                .as(what)
                .startsWith("default-src 'none';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "data:");
        assertThat(answer.headers().get("X-Content-Type-Options")).as(what).containsExactly("nosniff");
        assertThat(answer.headers().get("Referrer-Policy")).as(what).containsExactly("no-referrer");
        assertThat(answer.headers().get("X-Frame-Options")).as(what).containsExactly("DENY");
        assertThat(answer.headers().get("Cross-Origin-Resource-Policy"))
                .as(what)
                .hasSize(1);
        assertThat(answer.headers().get("Cache-Control")).as(what).hasSize(1);
        assertThat(answer.header("Server") + answer.header("X-Powered-By"))
                .as(what)
                .isEmpty();
    }

    private static void checkContent(String what, RawClient.Answer answer) {
        String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        if (type.matches("text/.*|application/(.*json|javascript|xml).*")) {
            assertThat(type).as(what).matches(".*; ?charset=utf-8");
        }
        if (type.startsWith("text/html")) {
            assertThat(answer.body()).as(what).doesNotContainPattern("(?i)<script|<style|[\\s\"'](style|on[a-z]+)=");
        }
        if (type.startsWith("image/")) {
            assertThat(answer.header("Content-Security-Policy")).as(what).contains("sandbox");
        }
    }

    private static void checkProblem(String what, RawClient.Answer answer) throws IOException {
        assertThat(answer.headers().get("Content-Type"))
                .as(what)
                .containsExactly("application/problem+json; charset=utf-8");
        if (!what.startsWith("HEAD")) {
            JsonNode problem = new ObjectMapper().readTree(answer.body());
            assertThat(problem.get("status").asInt()).as(what).isEqualTo(answer.status());
            assertThat(problem.get("type").asText()).startsWith("urn:halftone:problem:");
            assertThat(List.of(
                            problem.get("title").asText(), problem.get("detail").asText()))
                    .noneMatch(String::isBlank);
            assertThat(problem.get("code").asText()).matches("[a-z0-9_]+");
            assertThat(answer.body()).as(what).doesNotContain("Exception", "\\tat ", "java.");
        }
    }
}
