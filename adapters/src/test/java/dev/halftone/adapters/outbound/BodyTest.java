package dev.halftone.adapters.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import java.io.InputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.api.Test;

class BodyTest {

    /// An endless stream that knows how much of it was read.
    private static final class Endless extends InputStream {
        private long read;

        @Override
        public int read() {
            read++;
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            read += length;
            return length;
        }
    }

    @Test
    void readsNoMoreOfAnEndlessBodyThanItsLimitAndABuffer() {
        long limit = ImageLimits.DEFAULT.maxBytes();
        Endless endless = new Endless();

        assertThatExceptionOfType(HalftoneException.class)
                .isThrownBy(() ->
                        Body.read(new InputStreamEntity(endless, -1, ContentType.APPLICATION_OCTET_STREAM), limit))
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(FailureCode.TOO_LARGE));

        assertThat(limit).isEqualTo(25L << 20);
        assertThat(endless.read).isBetween(limit + 1, limit + (64 << 10));
    }
}
