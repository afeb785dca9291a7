package dev.halftone.adapters.imaging.container;

import static dev.halftone.adapters.imaging.TestImages.contains;
import static dev.halftone.adapters.imaging.TestImages.exif;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsEachOrientation(int orientation) {
        assertThat(Exif.of(exif(orientation)).orientation()).isEqualTo(orientation);
        assertThat(Exif.of(Exif.orientationOnly(orientation)).orientation()).isEqualTo(orientation);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 255, 65535})
    void takesAnOrientationOutOfRangeForNone(int orientation) {
        assertThat(Exif.of(exif(orientation)).orientation()).isEqualTo(1);
    }

    @Test
    void readsAnOrientationOfTheWrongWidth() {
        byte[] asLong = exif(6);
        ByteBuffer.wrap(asLong).putShort(12, (short) 4).putInt(18, 6);
        byte[] asByte = exif(6);
        ByteBuffer.wrap(asByte).putShort(12, (short) 1).putInt(18, 6 << 24);
        assertThat(Exif.of(asLong).orientation()).isEqualTo(6);
        assertThat(Exif.of(asByte).orientation()).isEqualTo(6);
    }

    @Test
    void damageSaysNothing() {
        assertThat(Exif.of(new byte[0]).orientation()).isEqualTo(1);
        byte[] beyond = exif(6);
        ByteBuffer.wrap(beyond).putInt(4, 5000);
        assertThat(Exif.of(beyond).orientation()).isEqualTo(1);
        for (int length = 0; length < 100; length++) {
            Exif cut = Exif.of(Arrays.copyOf(exif(6), length));
            assertThat(cut.orientation()).isBetween(1, 6);
            assertThat(cut.upright()).hasSizeLessThanOrEqualTo(length);
            assertThat(cut.copyrightOnly(1)).isNotNull();
        }
    }

    @Test
    void keepsTheCopyrightAlone() {
        byte[] alone = Exif.of(exif(6)).copyrightOnly(1).orElseThrow();
        assertThat(contains(alone, "Ann Otto\0")).isTrue();
        assertThat(contains(alone, "(c) Example\0")).isTrue();
        assertThat(contains(alone, "SECRET-PLACE")).isFalse();
        assertThat(Exif.of(alone).copyrightOnly(1).orElseThrow()).isEqualTo(alone);
    }

    @Test
    void turningUprightTouchesNothingElse() {
        byte[] upright = Exif.of(exif(6)).upright();
        assertThat(Exif.of(upright).orientation()).isEqualTo(1);
        assertThat(upright).isEqualTo(exif(1));
    }

    @Test
    void turningUprightDropsTheThumbnail() {
        ByteBuffer block = ByteBuffer.allocate(120);
        block.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8).putShort((short) 1);
        block.putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 8)
                .putShort((short) 0);
        block.putInt(26).putShort((short) 2);
        block.putShort((short) 0x201).putShort((short) 4).putInt(1).putInt(60);
        block.putShort((short) 0x202).putShort((short) 4).putInt(1).putInt(60);
        byte[] upright = Exif.of(block.array()).upright();
        assertThat(upright).hasSize(60);
        assertThat(ByteBuffer.wrap(upright).getInt(22)).isZero();
    }
}
