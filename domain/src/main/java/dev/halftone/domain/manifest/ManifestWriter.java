package dev.halftone.domain.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Port: writes the uploaded CSV again with its results beside each row. Streams; thread-safe.
public interface ManifestWriter {

    /// @param upload the CSV as it was uploaded
    /// @param results asked for each row once, in ascending order of [Row#index]
    /// @param out UTF-8 comes out; flushed, not closed
    void write(InputStream upload, RowResults results, OutputStyle style, OutputStream out) throws IOException;

    /// The results of the CSV's rows.
    @FunctionalInterface
    interface RowResults {
        OutputRow row(int rowIndex);
    }
}
