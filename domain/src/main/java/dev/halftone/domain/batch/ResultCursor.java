package dev.halftone.domain.batch;

import java.util.List;

/// Walks a batch's items along the CSV. Not thread-safe.
public interface ResultCursor extends AutoCloseable {

    /// The items of one row by position. Rows are asked for in ascending order; a row without items gives an
    /// empty list.
    List<ItemView> row(int rowIndex);

    @Override
    void close();
}
