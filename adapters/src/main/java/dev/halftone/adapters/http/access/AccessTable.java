package dev.halftone.adapters.http.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every route and whom it lets in: the one table. A route that is not in it can't be added, and the server does
/// not start.
public final class AccessTable {
    private static final Map<Access, List<String>> ROUTES = Map.of(
            Access.OPEN,
            List.of(
                    "GET /health/live",
                    "GET /health/ready",
                    "GET /assets/{name}",
                    "GET /login",
                    "POST /login",
                    "POST /logout"),
            Access.ADDRESS,
            List.of("GET /files/<key>", "GET /images/{id}", "GET /fetch/<url>"),
            Access.KEY,
            List.of(
                    "POST /api/batches",
                    "GET /api/batches",
                    "GET /api/batches/{id}",
                    "DELETE /api/batches/{id}",
                    "POST /api/batches/purge",
                    "POST /api/batches/{id}/cancel",
                    "POST /api/batches/{id}/retry",
                    "GET /api/batches/{id}/items",
                    "GET /api/batches/{id}/output.csv",
                    "GET /api/batches/{id}/output.ndjson",
                    "GET /api/batches/{id}/duplicates",
                    "GET /api/batches/{id}/deliveries",
                    "GET /api/deliveries/{id}",
                    "POST /api/deliveries/{id}/replay",
                    "GET /api/webhooks",
                    "GET /api/webhooks/{id}",
                    "POST /api/webhooks/{id}/enable",
                    "POST /api/webhooks/{id}/rotate",
                    "POST /api/images",
                    "GET /api/images/{id}",
                    "DELETE /api/images/{id}",
                    "GET /api/images/{id}/similar",
                    "GET /api/images/{id}/text",
                    "POST /api/images/{id}/process",
                    "DELETE /api/images/{id}/variants",
                    "GET /api/jobs/{id}",
                    "GET /api/jobs/{id}/events",
                    "WS /api/jobs/{id}/events",
                    "GET /api/jobs/{id}/deliveries",
                    "POST /upload",
                    "GET /status/{id}",
                    "GET /csv/{id}",
                    "POST /processImages",
                    "GET /checkStatus/{id}",
                    "POST /api/upload",
                    "GET /api/status/{id}",
                    "POST /process",
                    "GET /jobs/{id}",
                    "GET /download/{id}",
                    "POST /pipeline"),
            Access.PAGE,
            List.of(
                    "GET /",
                    "POST /batches",
                    "GET /batches",
                    "GET /batches/{id}",
                    "POST /batches/{id}/cancel",
                    "POST /batches/{id}/retry",
                    "POST /batches/{id}/delete",
                    "GET /images/{id}/try",
                    "POST /images/{id}/try"));

    private static final Map<String, Access> BY_ROUTE = byRoute();

    private AccessTable() {}

    private static Map<String, Access> byRoute() {
        Map<String, Access> table = new HashMap<>();
        ROUTES.forEach((access, routes) -> routes.forEach(route -> {
            if (table.put(route, access) != null) {
                throw new IllegalStateException("the route " + route + " has two access classes");
            }
        }));
        return Map.copyOf(table);
    }

    /// @param method such as `GET`, which stands for `HEAD` too; `WS` for a WebSocket
    /// @throws IllegalStateException for a route that is not in the table
    public static Access of(String method, String path) {
        Access access = BY_ROUTE.get(method.equals("HEAD") ? "GET " + path : method + " " + path);
        if (access == null) {
            throw new IllegalStateException(
                    "the route " + method + " " + path + " has no access class: say in AccessTable whom it lets in");
        }
        return access;
    }

    /// All of it, by `METHOD path`.
    public static Map<String, Access> all() {
        return BY_ROUTE;
    }
}
