package dev.halftone.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/// Where routes are added. Whatever answers GET answers HEAD alike; the server leaves the body out.
record Routing(RoutesConfig routes) {

    void get(String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    void post(String path, Handler handler) {
        routes.post(path, handler);
    }
}
