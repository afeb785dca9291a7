package dev.halftone.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.access.LiveRoutes;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Paths that lead out of a folder, through every route that has a parameter.
@ExtendWith(SharedRoutes.class)
class TraversalTest {

    /// A step out of a folder, in every spelling, and what ends a name early.
    private static final List<String> STEPS = List.of(
            "..",
            "../..",
            "%2e%2e",
            "%2E%2E/",
            "..%2f",
            "..%2f..%2f..%2fcanary.txt",
            "%2e%2e%2f%2e%2e%2fcanary.txt",
            "..%5c..%5ccanary.txt",
            "..\\..\\canary.txt",
            "%252e%252e%252fcanary.txt",
            "..;/canary.txt",
            "%c0%ae%c0%ae%c0%afcanary.txt",
            "....//canary.txt",
            "a%00",
            "canary.txt%00.jpg",
            "%2fetc%2fpasswd",
            "/etc/passwd",
            "file:%2f%2f%2fetc%2fpasswd",
            "C:%5cwindows");

    private final EveryRoute routes;

    TraversalTest(EveryRoute routes) {
        this.routes = routes;
    }

    @Test
    void stepsOutOfAFolder() throws Exception {
        int walked = 0;
        for (LiveRoutes.Route route : routes.all()) {
            if (!EveryRoute.hasParameter(route)) {
                continue;
            }
            for (String step : STEPS) {
                for (String value : values(route, step)) {
                    String path = EveryRoute.path(route, value);
                    RawClient.Answer answer = routes.asked(route, path);
                    SafeAnswer.check(route.method() + " " + path, answer);
                    assertThat(answer.status()).as(route.method() + " " + path).isBetween(400, 499);
                    assertThat(answer.body()).as(path).doesNotContain(EveryRoute.SECRET, "root:");
                    walked++;
                }
            }
        }
        assertThat(walked).isGreaterThan(800);
        assertThat(Files.readString(routes.canary)).isEqualTo(EveryRoute.SECRET);
    }

    private List<String> values(LiveRoutes.Route route, String step) {
        return route.path().contains("<")
                ? List.of(step, routes.known(route.path()) + "/" + step, step + "/" + routes.output, "batches/" + step)
                : List.of(step);
    }
}
