package dev.halftone.adapters.http.connection;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/// A request without the header by which Javalin takes another method for the request's own. Who checks methods and
/// who routes by them would see two.
final class OwnMethod extends Request.Wrapper {
    private static final String OVERRIDE = "X-HTTP-Method-Override";

    private final HttpFields headers;

    private OwnMethod(Request request) {
        super(request);
        this.headers = HttpFields.build(request.getHeaders()).remove(OVERRIDE).asImmutable();
    }

    /// @return the request itself, unless it has that header
    static Request of(Request request) {
        return request.getHeaders().contains(OVERRIDE) ? new OwnMethod(request) : request;
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }
}
