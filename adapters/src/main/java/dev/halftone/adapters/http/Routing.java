package dev.halftone.adapters.http;

import dev.halftone.adapters.http.access.AccessTable;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.websocket.WsConfig;
import java.util.function.Consumer;

/// Where routes are added, each with the access class that the [AccessTable] says. Whatever answers GET answers HEAD
/// alike; the server leaves the body out.
public record Routing(RoutesConfig routes) {

    public void get(String path, Handler handler) {
        routes.get(path, handler, AccessTable.of("GET", path));
        routes.head(path, handler, AccessTable.of("HEAD", path));
    }

    public void post(String path, Handler handler) {
        routes.post(path, handler, AccessTable.of("POST", path));
    }

    public void delete(String path, Handler handler) {
        routes.delete(path, handler, AccessTable.of("DELETE", path));
    }

    /// Runs before a WebSocket at this path is opened.
    public void beforeUpgrade(String path, Handler handler) {
        routes.wsBeforeUpgrade(path, handler);
    }

    /// A WebSocket. What is refused before the upgrade is answered as any other request.
    public void ws(String path, Consumer<WsConfig> config) {
        routes.ws(path, config, AccessTable.of("WS", path));
    }
}
