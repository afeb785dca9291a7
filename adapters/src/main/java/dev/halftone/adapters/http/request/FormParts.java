package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.LimitProblems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/// The parts of a multipart form. The server keeps them on disk while the request lives, and removes them with
/// it. File names are never used.
public final class FormParts {
    private static final long LONGEST_TEXT = 16_384;
    private static final long TEXTS = 1L << 20;

    /// A form has hundred parts at most, with or without file names, so one request holds 1.6 MB in memory at most.
    private static final int IN_MEMORY = 16 << 10;

    /// What the server is set to, for [jakarta.servlet.http.HttpServletRequest#getParts].
    public static final int MOST = 100;

    /// Where Jetty looks for it; Javalin sets its own only if this is empty.
    private static final String CONFIGURATION = "org.eclipse.jetty.multipartConfig";

    private FormParts() {}

    /// @param maxBytes of a file; the first reading of a request decides
    /// @param spool where large parts are kept
    /// @param tooLarge what a larger file is refused with
    public static Collection<Part> of(Context ctx, long maxBytes, Path spool, Supplier<Refusal> tooLarge)
            throws IOException {
        if (ctx.req().getContentLengthLong() > maxBytes + TEXTS) {
            throw tooLarge.get();
        }
        try {
            if (ctx.req().getAttribute(CONFIGURATION) == null) {
                ctx.req()
                        .setAttribute(
                                CONFIGURATION,
                                new MultipartConfigElement(spool.toString(), maxBytes, maxBytes + TEXTS, IN_MEMORY));
            }
            return ctx.req().getParts();
        } catch (ServletException | IllegalStateException e) {
            throw refusal(e, tooLarge);
        }
    }

    /// A browser sends a file field that nobody touched as a part without name and bytes.
    static boolean isUntouched(Part part) {
        String filename = part.getSubmittedFileName();
        return filename != null && filename.isEmpty() && part.getSize() == 0;
    }

    /// @throws Refusal 400 for a file, or a text that is too long
    static String text(Part part) throws IOException {
        String filename = part.getSubmittedFileName();
        if (filename != null && !filename.isEmpty()) {
            throw RequestProblems.badField(part.getName(), "unknown_file", "no file is expected in this field");
        }
        if (part.getSize() > LONGEST_TEXT) {
            throw RequestProblems.badField(part.getName(), "too_long", "is at most " + LONGEST_TEXT + " bytes");
        }
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Refusal refusal(Exception e, Supplier<Refusal> tooLarge) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalStateException && isOverLimit(cause.getMessage())) {
                return tooLarge.get();
            }
            if (cause instanceof IllegalStateException && isTooMany(cause.getMessage())) {
                return LimitProblems.tooManyParts(MOST);
            }
            if (cause instanceof TimeoutException) {
                return RequestProblems.ofStatus(408);
            }
            boolean cutShort = cause instanceof EOFException && !(cause instanceof EofException);
            if (cause instanceof IOException broken && !cutShort) {
                throw broken;
            }
        }
        return RequestProblems.badRequest("The multipart form is malformed or cut short.");
    }

    private static boolean isTooMany(@Nullable String message) {
        return message != null && message.startsWith("Form with too many keys");
    }

    /// Jetty tells its limits apart by their words alone.
    private static boolean isOverLimit(@Nullable String message) {
        return message != null
                && (message.startsWith("max length exceeded") || message.startsWith("max file size exceeded"));
    }
}
