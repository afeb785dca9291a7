package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/// Takes a form apart: one part is the CSV, the others are options. The server keeps parts on disk while the
/// request lives, and removes them with it. File names are never used.
final class MultipartCsv {
    private static final long LONGEST_OPTION = 16_384;
    private static final long OPTIONS = 1L << 20;
    private static final int IN_MEMORY = 64 << 10;

    /// Where Jetty looks for it; Javalin sets its own only if this is empty.
    private static final String CONFIGURATION = "org.eclipse.jetty.multipartConfig";

    private MultipartCsv() {}

    static CsvUpload read(Context ctx, CsvForm form, Map<String, String> options) throws IOException {
        Part csv = null;
        Part pasted = null;
        for (Part part : parts(ctx, form)) {
            String name = part.getName();
            if (form.files().contains(name)) {
                if (isUntouched(part)) {
                    continue;
                }
                if (csv != null) {
                    throw RequestProblems.badField(name, "given_twice", "one CSV at a time; this form has two");
                }
                csv = part;
            } else if (form.pasted().equals(Optional.of(name))) {
                pasted = part;
            } else {
                CsvUpload.option(options, form, name, text(part));
            }
        }
        if (csv == null && pasted != null && pasted.getSize() > 0) {
            csv = pasted;
        }
        if (csv == null) {
            throw missing(form);
        }
        if (csv.getSize() > form.maxBytes()) {
            throw RequestProblems.tooLarge(form.maxBytes());
        }
        return new CsvUpload(csv.getInputStream(), form.pasted().isPresent() ? ChosenTarget.applied(options) : options);
    }

    private static Refusal missing(CsvForm form) {
        return RequestProblems.badField(
                "file",
                "missing_file",
                form.pasted().isPresent()
                        ? "choose a CSV file, or paste one"
                        : "the form has no part of this name; send the CSV in it");
    }

    /// A browser sends a file field that nobody touched as a part without name and bytes.
    private static boolean isUntouched(Part part) {
        String filename = part.getSubmittedFileName();
        return filename != null && filename.isEmpty() && part.getSize() == 0;
    }

    private static String text(Part part) throws IOException {
        String filename = part.getSubmittedFileName();
        if (filename != null && !filename.isEmpty()) {
            throw RequestProblems.badField(part.getName(), "unknown_file", "no file is expected in this field");
        }
        if (part.getSize() > LONGEST_OPTION) {
            throw RequestProblems.badField(part.getName(), "too_long", "is at most " + LONGEST_OPTION + " bytes");
        }
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Collection<Part> parts(Context ctx, CsvForm form) throws IOException {
        try {
            ctx.req().setAttribute(CONFIGURATION, configuration(form.bounds()));
            return ctx.req().getParts();
        } catch (ServletException | IllegalStateException e) {
            throw refusal(e, form);
        }
    }

    private static MultipartConfigElement configuration(CsvForm.Bounds bounds) {
        return new MultipartConfigElement(
                bounds.spool().toString(), bounds.maxBytes(), bounds.maxBytes() + OPTIONS, IN_MEMORY);
    }

    private static Refusal refusal(Exception e, CsvForm form) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalStateException && isOverLimit(cause.getMessage())) {
                return RequestProblems.tooLarge(form.maxBytes());
            }
            boolean cutShort = cause instanceof EOFException && !(cause instanceof EofException);
            if (cause instanceof IOException broken && !cutShort) {
                throw broken;
            }
        }
        return RequestProblems.badRequest("The multipart form is malformed or cut short.");
    }

    /// Jetty tells its limits apart by their words alone.
    private static boolean isOverLimit(@Nullable String message) {
        return message != null
                && (message.startsWith("max length exceeded") || message.startsWith("max file size exceeded"));
    }
}
