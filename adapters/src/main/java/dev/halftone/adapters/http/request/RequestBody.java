package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/// The body of a request, whose first bytes can be looked at before anybody reads it.
public final class RequestBody {
    private static final String PEEKED = RequestBody.class.getName();

    private RequestBody() {}

    /// @return up to `length` bytes; what reads [#of] later reads them again
    public static byte[] peek(Context ctx, int length) throws IOException {
        PushbackInputStream body = new PushbackInputStream(ctx.bodyInputStream(), length);
        byte[] head = body.readNBytes(length);
        body.unread(head);
        ctx.attribute(PEEKED, body);
        return head;
    }

    public static InputStream of(Context ctx) {
        InputStream peeked = ctx.attribute(PEEKED);
        return peeked == null ? ctx.bodyInputStream() : peeked;
    }

    /// @throws dev.halftone.adapters.http.problem.Refusal 415 for a compressed body
    public static void refuseEncoded(Context ctx) {
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
            String shown = encoding.length() > 60 ? encoding.substring(0, 60) + "…" : encoding;
            throw RequestProblems.encodedBody(shown);
        }
    }
}
