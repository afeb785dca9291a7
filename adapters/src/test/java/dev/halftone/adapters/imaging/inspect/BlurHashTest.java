package dev.halftone.adapters.imaging.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.pixel.Picture;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/// The hashes are those of the reference encoder (npm blurhash 2.0.5, MIT) for the same pixels. Its sums run in
/// another order, so pictures of one colour, whose higher components are nothing but rounding, are compared by
/// what is left.
class BlurHashTest {

    private static Picture picture(int width, int height, IntBinaryOperator rgb) {
        int[] argb = new int[width * height];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = 0xff000000 | rgb.applyAsInt(i % width, i / width);
        }
        return new Picture.Colour(width, height, argb, true);
    }

    @Test
    void isThatOfTheReference() {
        Picture gradient = picture(32, 24, (x, y) -> (x * 8 & 255) << 16 | (y * 10 & 255) << 8 | ((x + y) * 4 & 255));
        Picture checks = picture(16, 16, (x, y) -> ((x >> 2) + (y >> 2)) % 2 == 1 ? 0xfac80a : 0x0a3cdc);
        Picture noise = picture(40, 30, BlurHashTest::noise);

        assertThat(BlurHash.of(gradient, 4, 3)).isEqualTo("LDH27b2}|gO,y@NOo2aMhEfkfQfk");
        assertThat(BlurHash.of(gradient, 1, 1)).isEqualTo("00H27b");
        assertThat(BlurHash.of(checks, 4, 3)).isEqualTo("LFLD4Q?HfQ?H?H9,fQ0bfQfQfQfQ");
        assertThat(BlurHash.of(noise, 4, 3)).isEqualTo("L4HV9w.7b:.7~CjJ#la*RpbbXkjI");
        assertThat(BlurHash.of(noise, 9, 9))
                .isEqualTo("|LHV9wt7bXt7azozj=t7j@xtjbn%f9sAS2NwjZWXa#fkbajbjcS4axjZaxxajIsCbZweSPJTj?WESNaha#bHWXS4"
                        + "jYjaa{$*WqwdW;,EFK6Po2N]wesCwxwf#:|KEzNwSLo|o3S2n,Nb,I,GbHr]a|a#j[bHjboLW-azaz");
    }

    private static int noise(int x, int y) {
        int v = x * 7919 + y * 104729 & 0xffffff;
        return (v & 255) << 16 | (v >> 8 & 255) << 8 | (v * 31 >> 4 & 255);
    }

    @Test
    void knowsTheColourOfPicturesOfOne() {
        assertThat(BlurHash.of(picture(5, 3, (x, y) -> 0), 4, 3)).isEqualTo("L00000fQfQfQfQfQfQfQfQfQfQfQ");
        assertThat(BlurHash.of(picture(8, 8, (x, y) -> 0xff0000), 4, 3))
                .startsWith("L")
                .contains("TI:j");
        assertThat(BlurHash.of(picture(64, 48, (x, y) -> 0xffffff), 4, 3)).contains("TSUA");
    }

    @Test
    void seesClearPicturesOnWhite() {
        Picture clear = new Picture.Colour(4, 4, new int[16], false);

        assertThat(BlurHash.of(clear, 4, 3)).isEqualTo(BlurHash.of(picture(4, 4, (x, y) -> 0xffffff), 4, 3));
    }
}
