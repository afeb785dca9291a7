package dev.halftone.adapters.imaging.jpeg.codec.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.JpegSamples.Picture;
import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanScriptSearch;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SmallestWriterTest {
    private final SmallestWriter writer = new SmallestWriter(new BitWriter(), ScanScriptSearch.thorough());

    @Test
    void keepsThePictureAndIsNeverLargerThanBaseline() {
        Random random = new Random(37);
        for (int round = 0; round < 60; round++) {
            int side = 1 << random.nextInt(8);
            Frame frame = JpegSamples.frame(1 + random.nextInt(side), 1 + random.nextInt(side), 22, 11, 11);
            Picture picture = JpegSamples.random(frame, 0.3 * random.nextDouble(), 30, random);
            byte[] written = write(picture);
            assertThat(JpegSamples.same(JpegSamples.decode(written), picture)).isTrue();
            assertThat(written.length).isLessThanOrEqualTo(FileWriterTest.write(picture, 0).length);
        }
    }

    @Test
    void aPictureOfOneBlockIsBaseline() {
        Picture picture = JpegSamples.random(JpegSamples.frame(8, 8, 11, 11, 11), 0.2, 3, new Random(2));
        assertThat(StructureReader.read(write(picture), JpegSamples.MAX_PIXELS)
                        .frame()
                        .progressive())
                .isFalse();
    }

    @Test
    void aPictureWithEmptyBlocksIsProgressive() {
        Picture picture = JpegSamples.random(JpegSamples.frame(800, 800, 22, 11, 11), 0.002, 3, new Random(2));
        byte[] written = write(picture);
        assertThat(StructureReader.read(written, JpegSamples.MAX_PIXELS).frame().progressive())
                .isTrue();
        assertThat(written.length).isLessThan(FileWriterTest.write(picture, 0).length * 95 / 100);
    }

    private byte[] write(Picture picture) {
        return writer.write(new byte[0], picture.frame(), picture.tables(), FileWriterTest.tokens(picture, 0));
    }
}
