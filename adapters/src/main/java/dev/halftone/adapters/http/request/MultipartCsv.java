package dev.halftone.adapters.http.request;

import dev.halftone.adapters.http.problem.LimitProblems;
import dev.halftone.adapters.http.problem.Refusal;
import dev.halftone.adapters.http.problem.RequestProblems;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Takes a form apart: one part is the CSV, the others are options. The server keeps parts on disk while the
/// request lives, and removes them with it. File names are never used.
final class MultipartCsv {

    private MultipartCsv() {}

    static CsvUpload read(Context ctx, CsvForm form, Map<String, String> options) throws IOException {
        Part csv = null;
        Part pasted = null;
        for (Part part : FormParts.of(
                ctx, form.maxBytes(), form.bounds().spool(), () -> LimitProblems.tooLarge(form.maxBytes()))) {
            String name = part.getName();
            if (form.files().contains(name)) {
                if (FormParts.isUntouched(part)) {
                    continue;
                }
                if (csv != null) {
                    throw RequestProblems.badField(name, "given_twice", "one CSV at a time; this form has two");
                }
                csv = part;
            } else if (form.pasted().equals(Optional.of(name))) {
                pasted = part;
            } else {
                CsvUpload.option(options, form, name, FormParts.text(part));
            }
        }
        if (csv == null && pasted != null && pasted.getSize() > 0) {
            csv = pasted;
        }
        if (csv == null) {
            throw missing(form);
        }
        if (csv.getSize() > form.maxBytes()) {
            throw LimitProblems.tooLarge(form.maxBytes());
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
}
