package dev.halftone.app.client;

import dev.halftone.app.journey.Api;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// D28 of the test plan: nothing that somebody else may name is ever run or taken for markup, with the policy
/// and without it.
@ExtendWith(SharedRoutes.class)
class HostilePagesTest {
    private final EveryRoute routes;
    private final Api api;

    HostilePagesTest(EveryRoute routes) {
        this.routes = routes;
        this.api = routes.running.api();
    }

    @Test
    void aBrowserRunsNothingThatSomebodyNamed(@TempDir Path folder) throws Exception {
        try (HostilePages pages = new HostilePages()) {
            List<String> payloads = pages.payloads();
            String rows = rows(payloads);
            String id = Api.json(api.submit(rows, "?name=" + Api.encoded(payloads.getFirst())))
                    .get("requestId")
                    .asText();
            for (String payload : payloads) {
                api.submit(routes.csv("x"), "?dryRun=false&name=" + Api.encoded(payload));
            }
            api.awaitEnd(id);
            pages.add("batch", api.get("/batches/" + id).body());
            pages.add("batches", api.get("/batches").body());
            StringBuilder bad = new StringBuilder(rows);
            for (String payload : payloads) {
                bad.append("1,x,\"" + routes.running.host().url("/a.jpg?") + quoted(payload) + "\"\n");
            }
            int n = 0;
            for (String payload : payloads) {
                pages.add(
                        "page" + n,
                        page(n, payload, n == 0 ? bad.toString() : payload).body());
                n++;
            }
            pages.add(
                    "problem",
                    api.get("/fetch/" + Api.encoded("http://x.example/<script>"), "Accept", "text/html")
                            .body());

            pages.look(folder, routes.running.base() + "/batches/" + id);
        }
    }

    private static String quoted(String payload) {
        return payload.replace("\"", "\"\"");
    }

    private String rows(List<String> payloads) {
        StringBuilder rows = new StringBuilder("S. No.,Product Name,Input Image Urls\n");
        for (String payload : payloads) {
            rows.append("\"" + quoted(payload) + "\",\"x" + quoted(payload) + "\",\""
                    + routes.running.host().url("/a.jpg?x=" + Api.encoded(payload)) + "\"\n");
        }
        return rows.toString();
    }

    /// One of the pages that repeat what came in, each in its turn.
    private HttpResponse<String> page(int n, String payload, String csv) throws Exception {
        String text = Api.encoded(payload);
        String part = "--b\r\nContent-Disposition: form-data; name=\"";
        String form = part + "file\"; filename=\"" + payload.replaceAll("[\"\r\n]", "") + "\"\r\n\r\n" + csv + "\r\n"
                + part + "name\"\r\n\r\n" + payload + "\r\n"
                + part + "quality\"\r\n\r\n" + payload + "\r\n--b--\r\n";
        return switch (n % 3) {
            case 0 -> api.post("/batches", "multipart/form-data; boundary=b", form);
            case 1 -> api.post("/batches?" + text + "=1", "text/csv", routes.csv("x"));
            default ->
                api.get("/images/" + routes.things.image() + "/try?txt=" + text + "&w=" + text, "Accept", "text/html");
        };
    }
}
