package dev.halftone.adapters.imaging.jpeg.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import org.junit.jupiter.api.Test;

/// The list of tokens grows under its writer and is used again.
class TokensTest {

    @Test
    void nothingIsLostWhenItGrows() {
        Tokens tokens = new Tokens();
        int used = 0;
        for (int block = 0; block < 4000; block++) {
            int[] room = tokens.room(used);
            assertThat(room.length - used).as("room for a block").isGreaterThanOrEqualTo(64 + 4);
            for (int k = 0; k < 64; k++, used++) {
                room[used] = used;
            }
        }
        tokens.size(used);
        assertThat(tokens.size()).isEqualTo(256_000);
        for (int i = 0; i < used; i++) {
            if (tokens.array()[i] != i) {
                assertThat(tokens.array()[i]).isEqualTo(i);
            }
        }
    }

    @Test
    void theNextPictureFindsItEmpty() {
        Tokens tokens = new Tokens();
        for (int table = 0; table < 4; table++) {
            tokens.counts(table)[255] = 3;
        }
        tokens.size(12);
        tokens.clear();
        assertThat(tokens.size()).isZero();
        for (int table = 0; table < 4; table++) {
            assertThat(tokens.counts(table)).containsOnly(0);
        }
    }
}
