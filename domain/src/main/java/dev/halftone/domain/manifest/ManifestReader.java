package dev.halftone.domain.manifest;

import java.io.IOException;
import java.io.InputStream;

/// Port: reads a CSV as a stream; memory does not grow with the file. Thread-safe: each call has its own state.
public interface ManifestReader {

    /// Reads to the end. Problems of rows go to the sink and do not stop the reading.
    ///
    /// @throws ManifestRefused when the whole file can't be used
    /// @throws IOException from the stream
    ManifestSummary read(InputStream csv, ManifestLimits limits, RowSink sink) throws IOException;
}
