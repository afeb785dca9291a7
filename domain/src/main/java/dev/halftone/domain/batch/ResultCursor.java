package dev.halftone.domain.batch;

import java.util.List;
import java.util.Optional;

/// Walks a batch's items along the CSV. Not thread-safe.
public interface ResultCursor extends AutoCloseable {

    /// The items of one row by position. Rows are asked for in ascending order; a row without items gives an
    /// empty list.
    List<ItemView> row(int rowIndex);

    /// The next item that was not given yet; empty after the last.
    Optional<ItemView> next();

    @Override
    void close();
}
