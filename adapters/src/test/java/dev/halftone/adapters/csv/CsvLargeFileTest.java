package dev.halftone.adapters.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.manifest.RowSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A file that exists only as it is read: rows reach the other side while it is still being made.
class CsvLargeFileTest {
    private static final int ROWS = 300_000;
    private static final String TAGS = "tag ".repeat(20);

    @Test
    void readsRowAfterRow() throws IOException {
        AtomicLong next = new AtomicLong();
        Rows rows = new Rows();
        ManifestSummary summary = new CsvManifestReader().read(rows, ManifestLimits.DEFAULT, new RowSink() {
            @Override
            public void row(Row row) {
                assertThat(rows.made - row.index()).isLessThan(5_000);
                assertThat((long) row.index()).isEqualTo(next.getAndIncrement());
                assertThat(row.line()).isEqualTo(row.index() + 2);
            }

            @Override
            public void problem(RowProblem problem) {
                throw new AssertionError(problem);
            }

            @Override
            public void assumption(Assumption assumption) {
                throw new AssertionError(assumption);
            }
        });
        assertThat(summary).isEqualTo(new ManifestSummary(ROWS, ROWS, 2L * ROWS, 0));
        assertThat(next).hasValue(ROWS);
    }

    @Test
    void writesRowAfterRow() throws IOException {
        AtomicLong next = new AtomicLong();
        AtomicLong lines = new AtomicLong();
        Rows rows = new Rows();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                lines.addAndGet(b == '\n' ? 1 : 0);
            }
        };
        new CsvManifestWriter()
                .write(
                        rows,
                        index -> {
                            assertThat(rows.made - index).isLessThan(5_000);
                            assertThat((long) index).isEqualTo(next.getAndIncrement());
                            return new OutputRow(List.of());
                        },
                        OutputStyle.PLAIN,
                        out);
        assertThat(next).hasValue(ROWS);
        assertThat(lines).hasValue(ROWS + 1L);
    }

    private static final class Rows extends InputStream {
        private byte[] line = "S. No.,Product Name,Input Image Urls,Tags\n".getBytes(UTF_8);
        private int at;
        private int made;

        @Override
        public int read() {
            throw new UnsupportedOperationException("read in blocks");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == line.length) {
                if (made == ROWS) {
                    return -1;
                }
                made++;
                line = (made + ",Café " + made + ",\"https://h/" + made + ".jpg,https://h/b.jpg\"," + TAGS + "\n")
                        .getBytes(UTF_8);
                at = 0;
            }
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
