package dev.halftone.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.halftone.app.journey.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/// Pages of the service as a browser sees them that does not know of their policy, so that nothing but their
/// escaping protects it; and a canary that notices what runs all the same.
final class HostilePages implements AutoCloseable {
    private static final List<String> PAYLOADS = List.of(
            "<script>CANARY</script>",
            "</td><script>CANARY</script>",
            "</title><script>CANARY</script>",
            "</textarea><script>CANARY</script>",
            "--><script>CANARY</script>",
            "<img src=x onerror=CANARY>",
            "\"><img src=x onerror=CANARY>",
            "'><img src=x onerror=CANARY>",
            "`><img src=x onerror=CANARY>",
            "\" onerror=\"CANARY",
            "\" autofocus onfocus=\"CANARY\" x=\"",
            "' autofocus onfocus='CANARY' x='",
            "<svg onload=CANARY>",
            "<svg><script>CANARY</script></svg>",
            "<svg><animate onbegin=CANARY attributeName=x dur=1s>",
            "<iframe srcdoc=\"<script>parent.CANARY</script>\"></iframe>",
            "<iframe src=\"javascript:parent.CANARY\"></iframe>",
            "<object data=\"javascript:CANARY\"></object>",
            "<embed src=\"javascript:CANARY\">",
            "<meta http-equiv=refresh content=\"0;url=CANARYURL\">",
            "<link rel=stylesheet href=\"CANARYURL\">",
            "<style>@import 'CANARYURL';</style>",
            "<base href=\"CANARYURL\">",
            "<body onload=CANARY>",
            "<details open ontoggle=CANARY>",
            "<video><source onerror=CANARY></video>",
            "<input autofocus onfocus=CANARY>",
            "<math><mtext><table><mglyph><style><img src=x onerror=CANARY></style></mglyph></table></mtext></math>",
            "&lt;script&gt;CANARY&lt;/script&gt;",
            "{{constructor.constructor('CANARY')()}}${CANARY}",
            "\u003cscript\u003eCANARY\u003c/script\u003e",
            "<scr\0ipt>CANARY</scr\0ipt><ScRiPt/x>CANARY</ScRiPt>");

    private final HttpServer server;
    private final Map<String, String> pages = new LinkedHashMap<>();
    private final Queue<String> sung = new ConcurrentLinkedQueue<>();

    HostilePages() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /// Each sings by its number; those with a NUL stay out of CSVs that are to be taken.
    List<String> payloads() {
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < PAYLOADS.size(); i++) {
            if (PAYLOADS.get(i).indexOf('\0') < 0) {
                payloads.add(armed(PAYLOADS.get(i), "payload-" + i));
            }
        }
        return payloads;
    }

    private String armed(String payload, String name) {
        return payload.replace("CANARYURL", url("/canary/" + name))
                .replace("CANARY", "fetch('" + url("/canary/" + name) + "')");
    }

    void add(String name, String page) {
        pages.put("/page/" + name, page);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/canary/")) {
                sung.add(path.substring("/canary/".length()));
            }
            byte[] page = path.equals("/all")
                    ? frames().getBytes(UTF_8)
                    : pages.getOrDefault(path, "").getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
        }
    }

    private String frames() {
        StringBuilder all = new StringBuilder("<!doctype html><title>all</title>");
        pages.keySet().forEach(path -> all.append("<iframe src=\"" + path + "\"></iframe>"));
        return all.toString();
    }

    /// Looks at all pages, and at one that has none of our care, which proves that the canary sings.
    ///
    /// @param live a page of the service itself
    void look(Path folder, String live) throws Exception {
        pages.put("/page/control", "<!doctype html><p>" + armed(PAYLOADS.get(5), "control"));
        String all = dom(folder, url("/all"));
        assertThat(all).contains("/page/batch");
        assertThat(sung).as("what ran").containsOnly("control");
        for (Map.Entry<String, String> page : pages.entrySet()) {
            if (!page.getKey().endsWith("control")) {
                // Inside of an attribute's quotes a < is a letter like any other.
                assertThat(page.getValue().replaceAll("=\"[^\"]*\"", "=."))
                        .as(page.getKey())
                        .contains("<!doctype html>")
                        .doesNotContainPattern(
                                "(?i)<(script|svg(?! viewBox)|math|object|embed|iframe|base|style|video)[ >/]");
                assertThat(page.getValue())
                        .as(page.getKey())
                        .doesNotContainPattern("(?i)<[a-z]+ [^>]*(href|src|action)=\"(javascript|data|vbscript):");
            }
        }
        sung.clear();
        assertThat(dom(folder, live)).contains("&lt;script&gt;");
        assertThat(sung).as("what ran on the live page").isEmpty();
    }

    private static String dom(Path folder, String address) throws Exception {
        return Chromium.look(folder, address, "--virtual-time-budget=2000", "--dump-dom")
                .dom();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
