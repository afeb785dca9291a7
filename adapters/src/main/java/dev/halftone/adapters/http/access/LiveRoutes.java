package dev.halftone.adapters.http.access;

import io.javalin.Javalin;
import io.javalin.router.Endpoint;
import io.javalin.security.Roles;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsHandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The routes as the server has them, and not as somebody wrote them down.
public final class LiveRoutes {

    private LiveRoutes() {}

    /// @param method `WS` for a WebSocket
    public record Route(String method, String path, Access access) {}

    /// @throws IllegalStateException when one of them does not say whom it lets in
    public static List<Route> of(Javalin javalin) {
        List<Route> routes = new ArrayList<>();
        javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(LiveRoutes::http)
                .forEach(routes::add);
        javalin.unsafe.internalRouter.allWsHandlers().stream()
                .filter(handler -> handler.getType() == WsHandlerType.WEBSOCKET)
                .map(handler -> route("WS", handler.getPath(), handler.getRoles()))
                .forEach(routes::add);
        return List.copyOf(routes);
    }

    private static Route http(Endpoint endpoint) {
        Roles roles = endpoint.metadata(Roles.class);
        return route(endpoint.method.name(), endpoint.path, roles == null ? Set.of() : roles.getRoles());
    }

    private static Route route(String method, String path, Set<RouteRole> roles) {
        return new Route(method, path, access(method + " " + path, roles));
    }

    /// @throws IllegalStateException unless it is exactly one
    static Access access(String route, Set<? extends RouteRole> roles) {
        List<Access> declared = roles.stream()
                .filter(Access.class::isInstance)
                .map(Access.class::cast)
                .toList();
        if (declared.size() != 1) {
            throw new IllegalStateException("the route " + route + " has not said whom it lets in");
        }
        return declared.getFirst();
    }
}
