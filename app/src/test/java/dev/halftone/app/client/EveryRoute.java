package dev.halftone.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.http.access.LiveRoutes;
import dev.halftone.app.journey.Api;
import dev.halftone.app.journey.Pictures;
import dev.halftone.app.journey.RunningHalftone;
import dev.halftone.app.journey.Things;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A service, and its routes to walk: the table is the running server's own, so a route that is added is walked
/// too. For each there is a path that leads to something, and a request that the route is for.
final class EveryRoute implements AutoCloseable {
    /// Stands in a file beside the stored ones, and in what was uploaded: no answer may hold it.
    static final String SECRET = "canary-7d1f";

    private static final String FORM = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.csv\""
            + "\r\n\r\n%s\r\n--b--\r\n";

    final RunningHalftone running;
    final Things things;
    final RawClient raw;

    /// The key of the batch's one object.
    final String output;

    /// The file with [#SECRET].
    final Path canary;

    private final String stylesheet;

    /// @param data the service's folder
    EveryRoute(Path data) throws Exception {
        canary = Files.writeString(data.resolve("canary.txt"), SECRET);
        running = new RunningHalftone(data, Map.of("HALFTONE_FETCH_ALLOW", "127.0.0.1"));
        raw = new RawClient(URI.create(running.base()).getPort());
        Api api = running.api();
        things = Things.made(api, running.host(), SECRET);
        String address = api.json("/api/batches/" + things.batch() + "/items")
                .at("/items/0/outputUrl")
                .asText();
        output = URI.create(address).getPath().substring("/files/".length());
        Matcher css = Pattern.compile("/assets/([a-z0-9-]+\\.css)")
                .matcher(api.get("/").body());
        assertThat(css.find()).isTrue();
        stylesheet = css.group(1);
    }

    @Override
    public void close() {
        running.close();
    }

    /// All but WebSockets, those last that end what others show.
    List<LiveRoutes.Route> all() {
        List<LiveRoutes.Route> routes = new ArrayList<>(running.routes());
        routes.removeIf(route -> route.method().equals("WS"));
        routes.sort(Comparator.comparing(route -> !route.method().matches("GET|HEAD")
                ? 1 + (route.method().equals("DELETE") || route.path().matches(".*(delete|purge)$") ? 1 : 0)
                : 0));
        return routes;
    }

    /// Those that may change something.
    List<LiveRoutes.Route> writing() {
        return all().stream()
                .filter(route -> !route.method().matches("GET|HEAD"))
                .toList();
    }

    static boolean hasParameter(LiveRoutes.Route route) {
        return route.path().contains("{") || route.path().contains("<");
    }

    /// @param value of the path's parameters
    static String path(LiveRoutes.Route route, String value) {
        return route.path().replaceAll("[{<][a-z]+[}>]", Matcher.quoteReplacement(value));
    }

    /// To something that is there.
    String path(LiveRoutes.Route route) {
        return path(route, known(route.path()));
    }

    /// What a path's parameter stands for, as there is one.
    String known(String path) {
        if (path.startsWith("/assets")) {
            return stylesheet;
        }
        if (path.startsWith("/files")) {
            return output;
        }
        return path.startsWith("/fetch") ? Api.encoded(running.host().url("/a.jpg")) : things.of(path);
    }

    String csv(String product) {
        return "S. No.,Product Name,Input Image Urls\n1," + product + ","
                + running.host().url("/a.jpg") + "\n";
    }

    /// The request line and headers.
    ///
    /// @param more headers
    static String head(LiveRoutes.Route route, String path, String... more) {
        StringBuilder head = new StringBuilder(route.method() + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : more) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    /// A request that the route is for, as far as is known.
    RawClient.Answer asked(LiveRoutes.Route route, String path) throws Exception {
        if (!route.method().equals("POST")) {
            return raw.send(head(route, path));
        }
        String type = "application/json";
        byte[] body = "{}".getBytes(UTF_8);
        switch (route.path()) {
            case "/api/batches", "/upload", "/processImages", "/api/upload" -> {
                type = "text/csv";
                body = csv("walk").getBytes(UTF_8);
            }
            case "/batches" -> {
                type = "multipart/form-data; boundary=b";
                body = FORM.formatted(csv("walk")).getBytes(UTF_8);
            }
            case "/api/images", "/pipeline" -> {
                type = "image/png";
                body = Pictures.png(20, 10, 1);
            }
            case "/api/images/{id}/process" -> body = Things.PIPELINE.getBytes(UTF_8);
            case "/process" ->
                body = Things.PIPELINE
                        .replaceFirst("\\{", "{\"imageId\":\"" + things.image() + "\",")
                        .getBytes(UTF_8);
            case "/api/batches/purge" -> body = "{\"olderThan\":\"30d\",\"dryRun\":true}".getBytes(UTF_8);
            case "/images/{id}/try" -> {
                type = "application/x-www-form-urlencoded";
                body = "operations=%5B%7B%22operation%22%3A%22grayscale%22%7D%5D".getBytes(UTF_8);
            }
            default -> {}
        }
        return raw.send(head(route, path, "Content-Type: " + type), body);
    }
}
