package dev.halftone.adapters.imaging.awt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IjgTablesTest {

    @Test
    void qualityFiftyIsTheStandardsOwnTable() {
        assertThat(Arrays.copyOf(IjgTables.luminance(50), 8)).containsExactly(16, 11, 10, 16, 24, 40, 51, 61);
        assertThat(Arrays.copyOf(IjgTables.chrominance(50), 8)).containsExactly(17, 18, 24, 47, 99, 99, 99, 99);
    }

    /// What `cjpeg -quality N` of libjpeg-turbo writes.
    @Test
    void otherQualitiesAreThoseOfLibjpeg() {
        assertThat(Arrays.copyOf(IjgTables.luminance(75), 8)).containsExactly(8, 6, 5, 8, 12, 20, 26, 31);
        assertThat(Arrays.copyOf(IjgTables.luminance(30), 8)).containsExactly(27, 18, 17, 27, 40, 66, 85, 101);
        assertThat(Arrays.copyOf(IjgTables.luminance(90), 8)).containsExactly(3, 2, 2, 3, 5, 8, 10, 12);
        assertThat(IjgTables.luminance(100)).containsOnly(1);
        assertThat(IjgTables.luminance(1)).containsOnly(255);
    }

    @Test
    void theCoarserStepWins() {
        int[] source = new int[64];
        Arrays.fill(source, 1);
        source[1] = 40;
        source[2] = 700;
        int[] out = IjgTables.coarser(IjgTables.luminance(50), source);
        assertThat(out[0]).isEqualTo(16);
        assertThat(out[1]).as("second in zigzag order").isEqualTo(40);
        assertThat(out[8]).as("third in zigzag order, as far as 8 bits hold").isEqualTo(255);
        assertThat(IjgTables.coarser(IjgTables.luminance(50), new int[0])).isEqualTo(IjgTables.luminance(50));
    }
}
