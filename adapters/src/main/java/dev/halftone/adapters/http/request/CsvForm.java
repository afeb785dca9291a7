package dev.halftone.adapters.http.request;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a route's uploads are laid out.
///
/// @param files form fields that may carry the CSV
/// @param aliases other names of options
/// @param pasted a form field whose text is the CSV where no file was chosen
public record CsvForm(Set<String> files, Map<String, String> aliases, Optional<String> pasted, Bounds bounds) {

    /// @param maxBytes of the CSV
    /// @param spool the folder that a form's parts are kept in while their request lives
    public record Bounds(long maxBytes, Path spool) {}

    public static CsvForm api(Bounds bounds) {
        return new CsvForm(Set.of("file"), Map.of(), Optional.empty(), bounds);
    }

    /// What clients of similar services send.
    public static CsvForm compat(Bounds bounds) {
        return new CsvForm(Set.of("file", "csv"), Map.of("webhook_url", "webhookUrl"), Optional.empty(), bounds);
    }

    /// The upload page.
    public static CsvForm page(Bounds bounds) {
        return new CsvForm(Set.of("file"), Map.of(), Optional.of("pasted"), bounds);
    }

    long maxBytes() {
        return bounds.maxBytes();
    }
}
