package dev.halftone.app.cli;

import dev.halftone.app.wiring.Halftone;
import dev.halftone.domain.access.Owner;
import dev.halftone.domain.batch.Batch;
import dev.halftone.domain.batch.ItemFilter;
import dev.halftone.domain.batch.ItemView;
import dev.halftone.domain.storage.ObjectKey;
import dev.halftone.domain.storage.StoredObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Writes a finished run to where the user wants it: the images under names of their products, then the CSV.
/// Each file is written beside its place and moved there, so that a reader never meets half of one.
final class RunResults {
    private static final int PAGE = 1_000;

    private final Halftone halftone;
    private final CompressJob job;
    private final Map<ObjectKey, String> names = new HashMap<>();

    RunResults(Halftone halftone, CompressJob job) {
        this.halftone = halftone;
        this.job = job;
    }

    void write(Batch batch) throws IOException {
        Files.createDirectories(job.images());
        writeImages(batch);
        Files.createDirectories(job.out().toAbsolutePath().getParent());
        Path temporary = job.out().resolveSibling(job.out().getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            halftone.export(this::address).write(Owner.LOCAL, batch.id(), job.style(), out);
        }
        move(temporary, job.out());
    }

    private void writeImages(Batch batch) throws IOException {
        ImageNames naming = new ImageNames();
        OptionalInt after = OptionalInt.empty();
        List<ItemView> page;
        do {
            page = halftone.batches()
                    .items(Owner.LOCAL, batch.id(), new ItemFilter(Optional.empty(), Optional.empty(), after, PAGE));
            for (ItemView item : page) {
                if (item.result().isPresent()) {
                    write(item, item.result().get(), naming);
                }
                after = OptionalInt.of(item.ordinal());
            }
        } while (page.size() == PAGE);
    }

    private void write(ItemView item, ItemView.Delivered result, ImageNames naming) throws IOException {
        write(result.key(), naming.of(item, result.key()));
        for (ItemView.Rendered rendered : result.renditions()) {
            write(rendered.key(), naming.of(item, result.key(), rendered));
        }
    }

    private void write(ObjectKey key, String name) throws IOException {
        if (names.put(key, name) == null) {
            Path file = job.images().resolve(name);
            Files.createDirectories(file.getParent());
            copy(key, file);
        }
    }

    private void copy(ObjectKey key, Path target) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + ".part");
        try (StoredObject object = halftone.objects()
                .open(key)
                .orElseThrow(() -> new IOException("the output " + key + " is gone from the store"))) {
            Files.copy(object.content(), temporary, StandardCopyOption.REPLACE_EXISTING);
        }
        move(temporary, target);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String address(ObjectKey key) {
        String name = names.getOrDefault(key, "");
        if (job.baseUrl().isEmpty()) {
            return job.images().resolve(name).toUri().toString();
        }
        return job.baseUrl() + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }
}
