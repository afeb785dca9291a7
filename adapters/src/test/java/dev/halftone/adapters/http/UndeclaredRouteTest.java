package dev.halftone.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.http.access.Access;
import org.junit.jupiter.api.Test;

/// A route says whom it lets in, or the server does not start.
class UndeclaredRouteTest {

    @Test
    void aRouteOutsideOfTheTableCanNotBeAdded() {
        assertThatThrownBy(() -> new RunningServer(routes -> new Routing(routes).get("/new", ctx -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET /new", "AccessTable");
    }

    @Test
    void aRouteThatGoesAroundTheTableStopsTheStart() {
        assertThatThrownBy(() -> new RunningServer(routes -> routes.put("/new", ctx -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PUT /new");
        assertThatThrownBy(() -> new RunningServer(routes -> routes.ws("/new", socket -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("WS /new");
    }

    @Test
    void aRouteThatDeclaresItselfIsServed() {
        try (RunningServer running =
                new RunningServer(routes -> routes.get("/new", ctx -> ctx.result("here"), Access.OPEN))) {
            assertThat(running.get("/new").body()).isEqualTo("here");
        }
    }
}
