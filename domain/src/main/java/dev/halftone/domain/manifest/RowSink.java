package dev.halftone.domain.manifest;

/// Takes what a [ManifestReader] finds, in the order of the file.
public interface RowSink {

    void row(Row row);

    void problem(RowProblem problem);

    void assumption(Assumption assumption);
}
