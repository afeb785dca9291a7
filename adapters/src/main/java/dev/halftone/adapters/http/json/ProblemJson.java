package dev.halftone.adapters.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.halftone.domain.batch.OptionsReader;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.pipeline.form.PipelineReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A problem as RFC 9457 has it, with a stable code and, where there are several mistakes, all of them.
///
/// @param type `urn:halftone:problem:` and the code
public record ProblemJson(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Entry> errors) {

    /// One mistake.
    ///
    /// @param line of the CSV, from 1
    /// @param column the header of the CSV's column
    /// @param field the form field, query parameter, header, or path into a JSON body
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            @Nullable Long line,
            @Nullable String column,
            @Nullable String field,
            String code,
            String detail) {

        public static Entry of(RowProblem problem) {
            return new Entry(
                    problem.line(),
                    problem.column().orElse(null),
                    null,
                    problem.code().wire(),
                    problem.message());
        }

        public static Entry of(ManifestRefused refused) {
            Long line = refused.line().isPresent() ? (Long) refused.line().getAsLong() : null;
            return new Entry(line, null, null, refused.reason().wire(), message(refused));
        }

        public static Entry of(OptionsReader.OptionProblem problem) {
            return ofField(problem.option(), "invalid_option", problem.message());
        }

        public static Entry of(PipelineReader.Mistake mistake) {
            return ofField(mistake.path(), "invalid_operation", mistake.message());
        }

        public static Entry ofField(String field, String code, String detail) {
            return new Entry(null, null, field, code, detail);
        }

        private static String message(ManifestRefused refused) {
            String message = refused.getMessage();
            return message == null ? refused.reason().wire() : message;
        }
    }

    public static ProblemJson of(int status, String code, String title, String detail, List<Entry> errors) {
        return new ProblemJson("urn:halftone:problem:" + code, title, status, detail, code, List.copyOf(errors));
    }
}
