package dev.halftone.domain.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of one row: one cell for each of its images, by position.
public record OutputRow(List<Cell> cells) {

    public OutputRow {
        cells = List.copyOf(cells);
    }

    /// @param url the output's address; empty while the image is not done, or failed
    /// @param status the item's state word
    /// @param error code and detail of a failed item
    /// @param bytesIn of the source, 0 when unknown
    /// @param bytesOut of the output, 0 when there is none
    /// @param notes what a user should know of the way it was made
    /// @param renditions addresses by the rendition's name; one that could not be made is missing
    public record Cell(
            Optional<String> url,
            String status,
            Optional<String> error,
            long bytesIn,
            long bytesOut,
            List<String> notes,
            Map<String, String> renditions) {

        public Cell {
            notes = List.copyOf(notes);
            renditions = Map.copyOf(renditions);
        }

        /// Without renditions.
        public Cell(
                Optional<String> url,
                String status,
                Optional<String> error,
                long bytesIn,
                long bytesOut,
                List<String> notes) {
            this(url, status, error, bytesIn, bytesOut, notes, Map.of());
        }
    }
}
