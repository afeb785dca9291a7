package dev.halftone.app.bench.jpeg.side;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// One of the compared programs: makes a smaller JPEG of a JPEG. Holds its process or its buffers between
/// calls.
public interface Side extends AutoCloseable {

    /// Its name in tables.
    String name();

    /// What it can be told and what of its CPU time is counted, in one line.
    String counted();

    /// Runs once and says what that cost.
    ///
    /// @param photo   the file, whose bytes are `source`
    /// @param quality of the IJG, 1 to 100
    /// @throws IOException      when it cannot take the file
    /// @throws RuntimeException likewise, where its library says so that way
    Cost time(Path photo, byte[] source, int quality) throws IOException;

    /// Runs once for the bytes.
    byte[] encode(Path photo, byte[] source, int quality) throws IOException;

    /// What was timed so far was warm-up.
    default void warmedUp() {}

    /// What the times since the warm-up leave out, where it is known.
    default Optional<String> remark() {
        return Optional.empty();
    }

    @Override
    void close();

    /// CPU nanoseconds of one run and the size of its output.
    record Cost(long cpuNanos, long bytes) {}
}
