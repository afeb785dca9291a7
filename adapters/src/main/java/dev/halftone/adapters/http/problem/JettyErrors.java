package dev.halftone.adapters.http.problem;

import dev.halftone.adapters.http.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what never reaches a route (a malformed request, headers over the limit) with a problem as well.
public final class JettyErrors extends ErrorHandler {
    private static final String JSON = "application/problem+json; charset=utf-8";

    private final Map<String, String> headers;
    private final int headerBytes;

    /// @param headers of every answer
    /// @param headerBytes of a request line with its headers, at most
    public JettyErrors(Map<String, String> headers, int headerBytes) {
        this.headers = Map.copyOf(headers);
        this.headerBytes = headerBytes;
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
        response.write(true, ByteBuffer.wrap(body(status)), callback);
    }

    /// An answer as it goes over the connection, for where there is no request to answer.
    public byte[] whole(int status) {
        byte[] body = body(status);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + HttpStatus.getMessage(status) + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Type: " + JSON + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private byte[] body(int status) {
        Refusal refusal = status == 414 || status == 431
                ? LimitProblems.headTooLarge(status, headerBytes)
                : RequestProblems.ofStatus(status);
        return Json.bytes(refusal.problem());
    }
}
