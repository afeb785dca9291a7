package dev.halftone.adapters.http.connection;

import dev.halftone.adapters.http.HttpSettings;
import dev.halftone.adapters.http.problem.JettyErrors;
import dev.halftone.adapters.http.request.FormParts;
import io.javalin.config.JavalinConfig;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;

/// How the server below the routes is set up: where it listens, what it holds clients to, and how it answers
/// what never reaches a route.
public final class JettySetup {
    /// A path may hold the whole address of a remote picture, percent-encoded. Routes read decoded parameters
    /// by their exact form, so an encoded `/` or `%` opens nothing.
    private static final UriCompliance ENCODED_ADDRESSES = UriCompliance.DEFAULT.with(
            "encoded addresses",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

    private final HttpSettings settings;
    private final JettyErrors errors;
    private volatile Optional<Connections> connections = Optional.empty();

    /// @param headers of every answer
    public JettySetup(HttpSettings settings, Map<String, String> headers) {
        this.settings = settings;
        this.errors = new JettyErrors(headers, settings.clients().headerBytes());
    }

    public void applyTo(JavalinConfig config) {
        config.jetty.modifyServer(this::server);
        config.jetty.modifyServletContextHandler(this::context);
        config.jetty.modifyHttpConfiguration(this::http);
        config.jetty.addConnector(this::connector);
    }

    private void server(Server server) {
        server.setStopTimeout(settings.stopTimeout().toMillis());
        server.insertHandler(new GracefulHandler());
        server.setErrorHandler(errors);
    }

    private void context(ServletContextHandler handler) {
        handler.setErrorHandler(errors);
        handler.setMaxFormKeys(FormParts.MOST);
        handler.getServletHandler().setDecodeAmbiguousURIs(true);
        forgetSessions(handler.getSessionHandler());
    }

    /// Javalin begins a session with every attempt to open a WebSocket, before anybody is asked for a key. None
    /// is used, so none is kept, and no cookie names one.
    private static void forgetSessions(SessionHandler sessions) {
        NullSessionCache none = new NullSessionCache(sessions);
        none.setSessionDataStore(new NullSessionDataStore());
        sessions.setSessionCache(none);
        sessions.setUsingCookies(false);
    }

    private void http(HttpConfiguration http) {
        http.setUriCompliance(ENCODED_ADDRESSES);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.clients().headerBytes());
        http.addCustomizer((request, headers) -> OwnMethod.of(request));
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        Connections opened = new Connections(settings.clients(), errors.whole(408), connector);
        connector.addBean(opened);
        server.insertHandler(new PacedHandler(opened));
        connections = Optional.of(opened);
        return connector;
    }

    /// Connections that are open now.
    public int connections() {
        return connections.map(Connections::count).orElse(0);
    }

    /// Of them, those that wait between or before requests.
    public int resting() {
        return connections.map(Connections::resting).orElse(0);
    }
}
