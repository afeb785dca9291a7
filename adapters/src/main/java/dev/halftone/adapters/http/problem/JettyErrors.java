package dev.halftone.adapters.http.problem;

import dev.halftone.adapters.http.json.Json;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what never reaches a route (a malformed request, headers over the limit) with a problem as well.
public final class JettyErrors extends ErrorHandler {
    private static final String JSON = "application/problem+json; charset=utf-8";

    private final Map<String, String> headers;

    /// @param headers of every answer
    public JettyErrors(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        headers.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.write(true, body(status), callback);
    }

    private static ByteBuffer body(int status) {
        return ByteBuffer.wrap(Json.bytes(RequestProblems.ofStatus(status).problem()));
    }
}
