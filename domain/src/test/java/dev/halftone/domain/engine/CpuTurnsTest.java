package dev.halftone.domain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTurnsTest {

    private static SourceImage png(int width, int height) {
        byte[] bytes = ByteBuffer.allocate(33)
                .put("\211PNG\r\n\032\n\0\0\0\rIHDR".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(width)
                .putInt(height)
                .array();
        return new SourceImage(ImageFormat.PNG, bytes);
    }

    @Test
    void aFewBytesCountByTheirPixels() {
        assertThat(CpuTurns.memoryOf(png(5_000, 4_000))).isBetween(160_000_000L, 161_000_000L);
    }

    @Test
    void anAbsurdSizeStaysANumber() {
        assertThat(CpuTurns.memoryOf(png(-1, -1))).isBetween(1L << 33, 1L << 36);
        assertThat(CpuTurns.memoryOf(png(-1, -1), enlarged(), List.of())).isPositive();
    }

    @Test
    void aFileThatSaysNothingCountsByItsBytes() {
        assertThat(CpuTurns.memoryOf(new SourceImage(ImageFormat.PNG, new byte[1_000])))
                .isEqualTo(12_000);
    }

    @Test
    void whatIsMadeOfItCountsToo() {
        SourceImage small = png(100, 100);
        assertThat(CpuTurns.memoryOf(small, enlarged(), List.of(png(1_000, 1_000))))
                .isGreaterThan(8 * 4_000_000 + 8 * 1_000_000);
        assertThat(CpuTurns.memoryOf(small, Pipeline.of(Compression.DEFAULT), List.of()))
                .isEqualTo(CpuTurns.memoryOf(small));
    }

    private static Pipeline enlarged() {
        return new Pipeline(
                List.of(new Operation.Pad(950, 950, 950, 950, dev.halftone.domain.pipeline.Rgba.WHITE)),
                Compression.DEFAULT);
    }
}
