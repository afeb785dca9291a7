package dev.halftone.adapters.postgres;

import dev.halftone.domain.batch.OutputNames;
import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowSink;
import dev.halftone.domain.source.SourceUrl;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes a manifest's rows and items into their tables while it is read, by `COPY`, some hundred kilobytes at
/// a time: memory does not grow with the file.
final class ManifestCopy implements RowSink {
    private static final int CHUNK = 1 << 18;
    private static final int KEPT_ASSUMPTIONS = 1_000;

    private final Connection connection;
    private final long batch;
    private final Optional<OutputNames> names;
    private final StringBuilder rows = new StringBuilder();
    private final StringBuilder items = new StringBuilder();
    private final List<Assumption> assumptions = new ArrayList<>();
    private final Lanes lanes = new Lanes();
    private int ordinal;

    /// @param names how outputs are named; each item then gets its name, still without its number
    ManifestCopy(Connection connection, long batch, Optional<OutputNames> names) {
        this.connection = connection;
        this.batch = batch;
        this.names = names;
    }

    @Override
    public void row(Row row) {
        field(rows, batch).append('\t').append(row.index()).append('\t').append(row.line());
        escaped(rows.append('\t'), row.product()).append('\n');
        int position = 1;
        for (SourceUrl url : row.images()) {
            field(items, batch).append('\t').append(ordinal++).append('\t').append(row.index());
            items.append('\t').append(position).append('\t');
            escaped(items, url.toString()).append('\t');
            items.append(name(row, position++))
                    .append('\t')
                    .append(lanes.of(url))
                    .append('\n');
        }
        if (rows.length() + items.length() > CHUNK) {
            flush();
        }
    }

    private String name(Row row, int position) {
        return names.map(each -> each.stem(row, position)).orElse("\\N");
    }

    @Override
    public void problem(RowProblem problem) {
        // Bad rows are counted by the reader and told to the submitter; the store keeps usable ones.
    }

    @Override
    public void assumption(Assumption assumption) {
        if (assumptions.size() < KEPT_ASSUMPTIONS) {
            assumptions.add(assumption);
        }
    }

    /// Writes what is still held and returns how many items there are.
    int finish() {
        flush();
        return ordinal;
    }

    /// How many lanes the items have.
    int lanes() {
        return lanes.count();
    }

    List<Assumption> assumptions() {
        return assumptions;
    }

    private void flush() {
        try {
            copy("copy manifest_row (batch, row_index, line, product) from stdin", rows);
            copy("copy item (batch, ordinal, row_index, position, url, name, lane) from stdin", items);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private void copy(String sql, StringBuilder lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        lines.setLength(0);
    }

    /// An [SQLException] on its way through the reader, who knows nothing of databases.
    private static final class UncheckedSqlException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UncheckedSqlException(SQLException cause) {
            super(cause);
        }
    }

    private static StringBuilder field(StringBuilder into, long value) {
        return into.append(value);
    }

    /// The text format of COPY. PostgreSQL can't keep a NUL in a text.
    private static StringBuilder escaped(StringBuilder into, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> into.append("\\\\");
                case '\t' -> into.append("\\t");
                case '\n' -> into.append("\\n");
                case '\r' -> into.append("\\r");
                case '\0' -> into.append('\ufffd');
                default -> into.append(c);
            }
        }
        return into;
    }
}
