package dev.halftone.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.access.ApiKey;
import dev.halftone.domain.access.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeysTableTest {

    @Test
    void showsWhoseAKeyIsHowItBeginsAndWhenItWasUsed() {
        ApiKey key = new ApiKey(
                1,
                "shop-ci",
                new Owner("shop"),
                "hft_4k2m9x7c",
                OptionalInt.of(60),
                OptionalLong.empty(),
                Instant.parse("2026-11-21T09:00:00Z"),
                Optional.of(Instant.parse("2026-11-22T10:30:00Z")),
                Optional.empty());

        assertThat(KeysTable.lines(List.of(key)).getLast().split(" {2,}"))
                .containsExactly(
                        "shop-ci",
                        "shop",
                        "hft_4k2m9x7c…",
                        "60",
                        "default",
                        "2026-11-21 09:00Z",
                        "2026-11-22 10:30Z",
                        "-");
    }

    @Test
    void saysWhatToDoWhereThereIsNone() {
        assertThat(KeysTable.lines(List.of())).singleElement().asString().contains("keys create");
    }
}
