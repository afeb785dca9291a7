package dev.halftone.adapters.http.request;

import io.javalin.http.Context;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The texts of a form that is shown again after it was refused.
public final class FormFields {
    private static final long LONGEST = 64 << 10;

    private FormFields() {}

    /// Fields by name; those that are too long to be shown are left out, and so are all where the form could
    /// not be read.
    public static Map<String, String> shown(Context ctx) {
        Map<String, String> fields = new HashMap<>();
        try {
            for (Part part : ctx.req().getParts()) {
                if (part.getSubmittedFileName() == null && part.getSize() <= LONGEST) {
                    fields.put(
                            part.getName(), new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException | ServletException | RuntimeException unreadable) {
            return Map.of();
        }
        return fields;
    }
}
