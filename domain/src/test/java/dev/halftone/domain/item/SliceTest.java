package dev.halftone.domain.item;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {

    @ParameterizedTest
    @CsvSource({"0, 5, 8", "1, 5, 8", "2, 5, 8", "3, 5, 12", "1, 10, 16", "1, 1, 2", "5, 10, 40", "5, 1, 4"})
    void hasAWindowInProportionToItsBatchsPriority(int nodes, int priority, int slices) {
        assertThat(Slice.window(nodes, priority)).isEqualTo(slices);
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 8", "2, 5, 4", "2, 10, 8", "4, 1, 1"})
    void sharesTheWindowBetweenTheNodes(int nodes, int priority, int share) {
        assertThat(Slice.share(nodes, priority)).isEqualTo(share);
    }
}
