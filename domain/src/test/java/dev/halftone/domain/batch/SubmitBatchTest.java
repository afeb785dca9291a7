package dev.halftone.domain.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.access.Caller;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.manifest.ManifestLimits;
import dev.halftone.domain.manifest.ManifestReader;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestSummary;
import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.manifest.RowProblem;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.storage.InMemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubmitBatchTest {
    private final InMemoryObjectStore objects = new InMemoryObjectStore();
    private final InMemoryBatchStore batches = new InMemoryBatchStore(java.time.InstantSource.system());

    /// One image address a line; a line `bad` is a bad row, a file `nothing` is refused.
    private static final ManifestReader LINES = (csv, limits, sink) -> {
        int index = 0;
        int bad = 0;
        for (String line : new String(csv.readAllBytes(), UTF_8).lines().toList()) {
            if (line.equals("nothing")) {
                throw new ManifestRefused(ManifestRefused.Reason.EMPTY, "the file is empty");
            }
            if (line.equals("bad")) {
                bad++;
                sink.problem(new RowProblem(index, index + 1, Optional.empty(), RowProblem.Code.MISSING_URL, "no URL"));
            } else {
                SourceUrl url = ((SourceUrl.Parsed.Valid) SourceUrl.parse(line)).url();
                sink.row(new Row(index, index + 1, "", "P" + index, false, List.of(url)));
            }
            index++;
        }
        return new ManifestSummary(index, index - bad, index - bad, bad);
    };

    private SubmitBatch.Result submit(String csv, BatchOptions options, String key) throws IOException {
        return new SubmitBatch(
                        LINES,
                        batches,
                        objects,
                        new ManifestLimits(1000, 100, 10, 100),
                        new Random(1 + objects.keys().size()))
                .submit(
                        Caller.LOCAL,
                        new ByteArrayInputStream(csv.getBytes(UTF_8)),
                        options,
                        Optional.of(key).filter(text -> !text.isEmpty()));
    }

    private static BatchOptions skipping() {
        return new BatchOptions(
                BatchOptions.DEFAULT.compression(),
                InvalidRows.SKIP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                List.of());
    }

    @Test
    void keepsTheUploadOfAnAcceptedBatch() throws IOException {
        SubmitBatch.Result.Accepted accepted =
                (SubmitBatch.Result.Accepted) submit("http://h.example/1.jpg\n", BatchOptions.DEFAULT, "");

        assertThat(accepted.batch().progress().total()).isEqualTo(1);
        assertThat(objects.open(SubmitBatch.uploadKey(accepted.batch().id()))).isPresent();
    }

    @Test
    void leavesNothingBehindWhenItRefuses() throws IOException {
        assertThat(submit("nothing", BatchOptions.DEFAULT, "")).isInstanceOf(SubmitBatch.Result.Refused.class);
        assertThat(submit("http://h.example/1.jpg\nbad\n", BatchOptions.DEFAULT, ""))
                .isInstanceOfSatisfying(
                        SubmitBatch.Result.Rejected.class,
                        rejected -> assertThat(rejected.problems()).hasSize(1));
        assertThat(objects.keys()).isEmpty();
        assertThat(batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void refusesAFileOverTheByteLimit() throws IOException {
        assertThat(submit("x".repeat(1001), BatchOptions.DEFAULT, ""))
                .isInstanceOfSatisfying(
                        SubmitBatch.Result.Refused.class,
                        refused -> assertThat(refused.why().reason()).isEqualTo(ManifestRefused.Reason.TOO_MANY_BYTES));
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void runsTheGoodRowsWhenAsked() throws IOException {
        assertThat(submit("bad\nhttp://h.example/1.jpg\n", skipping(), ""))
                .isInstanceOf(SubmitBatch.Result.Accepted.class);
        assertThat(submit("bad\nbad\n", skipping(), ""))
                .as("a batch without any image is no batch")
                .isInstanceOf(SubmitBatch.Result.Rejected.class);
    }

    @Test
    void answersARepeatedKeyWithTheSameBatchAndKeepsOneUpload() throws IOException {
        SubmitBatch.Result.Accepted first =
                (SubmitBatch.Result.Accepted) submit("http://h.example/1.jpg\n", BatchOptions.DEFAULT, "k");
        SubmitBatch.Result.Accepted again =
                (SubmitBatch.Result.Accepted) submit("http://h.example/1.jpg\n", BatchOptions.DEFAULT, "k");

        assertThat(again.replayed()).isTrue();
        assertThat(again.batch().id()).isEqualTo(first.batch().id());
        assertThat(submit("http://h.example/2.jpg\n", BatchOptions.DEFAULT, "k"))
                .isInstanceOf(SubmitBatch.Result.KeyReused.class);
        assertThat(submit("http://h.example/1.jpg\n", skipping(), "k"))
                .isInstanceOf(SubmitBatch.Result.KeyReused.class);
        assertThat(objects.keys().size()).isEqualTo(1);
    }

    /// The database went away with the answer to the commit: the batch may be there.
    @Test
    void keepsTheUploadWhereItCannotTellWhetherTheBatchIsStored() {
        BatchStore unsure = new BatchStore() {
            @Override
            public Submitted submit(NewBatch batch, RowFeed feed) throws IOException {
                batches.submit(batch, feed);
                throw new IllegalStateException("no answer");
            }

            @Override
            public Optional<Batch> find(Owner owner, BatchId id) {
                return batches.find(owner, id);
            }

            @Override
            public List<Batch> list(Owner owner, Optional<BatchState> state, Optional<BatchId> before, int limit) {
                return batches.list(owner, state, before, limit);
            }

            @Override
            public List<ItemView> items(Owner owner, BatchId id, ItemFilter filter) {
                return batches.items(owner, id, filter);
            }

            @Override
            public List<ItemView> itemsOfAnyone(BatchId id, ItemFilter filter) {
                return batches.itemsOfAnyone(id, filter);
            }

            @Override
            public boolean delete(BatchId id) {
                return batches.delete(id);
            }

            @Override
            public ResultCursor results(Owner owner, BatchId id) {
                return batches.results(owner, id);
            }
        };
        SubmitBatch submit = new SubmitBatch(LINES, unsure, objects, ManifestLimits.DEFAULT, new Random(1));

        assertThatThrownBy(() -> submit.submit(
                        Caller.LOCAL,
                        new ByteArrayInputStream("https://i.example/a.jpg\n".getBytes(UTF_8)),
                        BatchOptions.DEFAULT,
                        Optional.empty()))
                .hasMessage("no answer");

        assertThat(objects.keys())
                .containsExactly(SubmitBatch.uploadKey(batches.list(Owner.LOCAL, Optional.empty(), Optional.empty(), 1)
                                .getFirst()
                                .id())
                        .value());
    }

    @Test
    void keepsABatchForTheServicesTimeUnlessItSaysAnother() throws IOException {
        SubmitBatch submit =
                new SubmitBatch(LINES, batches, objects, ManifestLimits.DEFAULT, Retention.DEFAULT, new Random(1));

        for (String own : List.of("", "12h", "0")) {
            BatchOptions options =
                    ((OptionsReader.Result.Good) OptionsReader.read(java.util.Map.of("retention", own))).options();
            SubmitBatch.Result result = submit.submit(
                    Caller.LOCAL,
                    new ByteArrayInputStream("https://i.example/a.jpg\n".getBytes(UTF_8)),
                    options,
                    Optional.empty());
            assertThat(((SubmitBatch.Result.Accepted) result).batch().options().retention())
                    .contains(Retention.parse(own.isEmpty() ? "30d" : own).orElseThrow());
        }
    }

    @Test
    void leavesNothingBehindWhenTheUploadBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client went away");
            }
        };

        assertThatThrownBy(() -> new SubmitBatch(LINES, batches, objects, ManifestLimits.DEFAULT, new Random(1))
                        .submit(Caller.LOCAL, broken, BatchOptions.DEFAULT, Optional.empty()))
                .isInstanceOf(IOException.class);
        assertThat(objects.keys()).isEmpty();
    }
}
