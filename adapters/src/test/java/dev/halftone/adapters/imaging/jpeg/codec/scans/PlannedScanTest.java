package dev.halftone.adapters.imaging.jpeg.codec.scans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedScanTest {
    @Test
    void refusesScansThatT81DoesNotAllow() {
        refused(() -> new PlannedScan(List.of(), 0, 0, 0, 0));
        refused(() -> new PlannedScan(List.of(0), 0, 5, 0, 0));
        refused(() -> new PlannedScan(List.of(0, 1), 1, 5, 0, 0));
        refused(() -> PlannedScan.ac(0, 6, 5, 0));
        refused(() -> PlannedScan.ac(0, 6, 64, 0));
        refused(() -> new PlannedScan(List.of(0), 1, 63, 3, 1));
        refused(() -> PlannedScan.ac(0, 1, 63, 14));
    }

    @Test
    void aRefinementAddsOneBit() {
        assertThat(PlannedScan.ac(2, 1, 63, 2).refined()).isEqualTo(new PlannedScan(List.of(2), 1, 63, 2, 1));
    }

    private static void refused(Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no progressive scan");
    }
}
