package dev.halftone.domain.batch;

import dev.halftone.domain.access.Owner;
import dev.halftone.domain.manifest.ManifestWriter;
import dev.halftone.domain.manifest.OutputRow;
import dev.halftone.domain.manifest.OutputStyle;
import dev.halftone.domain.rendition.Rendition;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.ObjectStore;
import dev.halftone.domain.storage.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes a batch's CSV again with its outputs: the kept upload, merged row by row with the items' results.
public final class ExportBatch {
    private final BatchStore batches;
    private final ObjectStore objects;
    private final ManifestWriter writer;
    private final Function<ObjectKey, String> address;

    /// @param address how an output's key is written into the CSV
    public ExportBatch(
            BatchStore batches, ObjectStore objects, ManifestWriter writer, Function<ObjectKey, String> address) {
        this.batches = batches;
        this.objects = objects;
        this.writer = writer;
        this.address = address;
    }

    /// Streams the CSV of a batch, with what is done so far. The results are opened first: while they are, a batch
    /// that is deleted or expires loses nothing, and the CSV ends whole.
    ///
    /// @throws BatchGone when it was deleted
    public void write(Owner owner, BatchId id, OutputStyle style, OutputStream out) throws IOException {
        OutputStyle full = style.withRenditions(renditions(owner, id));
        try (ResultCursor results = batches.results(owner, id);
                StoredObject upload = objects.open(SubmitBatch.uploadKey(id))
                        .orElseThrow(() -> new IOException("the upload of batch " + id + " is gone"))) {
            writer.write(upload.content(), index -> outputRow(results, index), full, out);
        }
    }

    private List<String> renditions(Owner owner, BatchId id) {
        return batches.find(owner, id).orElseThrow(() -> new BatchGone(id)).options().renditions().stream()
                .map(Rendition::name)
                .toList();
    }

    private OutputRow outputRow(ResultCursor results, int index) {
        return new OutputRow(results.row(index).stream().map(this::cell).toList());
    }

    private OutputRow.Cell cell(ItemView item) {
        boolean failed = item.state() == dev.halftone.domain.item.ItemState.FAILED;
        return new OutputRow.Cell(
                item.result().map(result -> address.apply(result.key())),
                item.state().wire(),
                failed
                        ? item.code()
                                .map(code -> code.wire() + ": " + item.detail().orElse(code.advice()))
                        : java.util.Optional.empty(),
                item.result().map(ItemView.Delivered::bytesIn).orElse(0L),
                item.result().map(ItemView.Delivered::bytesOut).orElse(0L),
                item.result().map(ItemView.Delivered::notes).orElse(List.of()),
                item.result().map(this::renditions).orElse(Map.of()));
    }

    private Map<String, String> renditions(ItemView.Delivered result) {
        return result.renditions().stream()
                .collect(Collectors.toMap(ItemView.Rendered::name, rendered -> address.apply(rendered.key())));
    }
}
