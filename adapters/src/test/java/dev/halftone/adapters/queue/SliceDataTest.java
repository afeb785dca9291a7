package dev.halftone.adapters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.batch.BatchId;
import dev.halftone.domain.item.Slice;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SliceDataTest {
    private final BatchId batch = BatchId.random(new SecureRandom());
    private final JsonSerializer json = new JsonSerializer();

    private Slice read(byte[] data) {
        return Objects.requireNonNull(json.deserialize(SliceTask.Data.class, data))
                .slice();
    }

    @Test
    void isReadBack() {
        Slice slice = new Slice(batch, List.of(3, 5), false, 9);

        assertThat(read(Objects.requireNonNull(json.serialize(SliceTask.Data.of(slice)))))
                .isEqualTo(slice);
    }

    @Test
    void isReadFromAnEarlierVersionsQueue() {
        String stored = "{\"batch\":\"" + batch + "\",\"ordinals\":[1,2],\"chained\":true}";

        assertThat(read(stored.getBytes(StandardCharsets.UTF_8))).isEqualTo(new Slice(batch, List.of(1, 2), true));
    }
}
