package dev.halftone.adapters.imaging.jpeg.entropy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.Segment;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.RandomPicture;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Pictures of any shape and any coefficients, written and read again.
class FileRoundTripTest {
    private static final byte[] COMMENT = JpegParts.bytes(0xFF, 0xFE, 0, 4, 'h', 'i');

    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(88);
        for (int i = 0; i < 150; i++) {
            RandomPicture picture = RandomPicture.of(random);
            byte[] file = Transcoding.write(picture, COMMENT);
            JpegStream read = StructureReader.read(file, Transcoding.MAX_PIXELS);
            requireSameFrame(picture.frame(), read.frame());
            assertThat(read.tables()).isEqualTo(picture.tables());
            assertThat(read.segments()).containsExactly(new Segment(0xFE, 6, 2));
            assertThat(read.end()).isEqualTo(file.length);
            requireSameBlocks(picture, Transcoding.coefficients(file, Transcoding.MAX_PIXELS));
            byte[] again = Transcoding.lossless(file).file();
            requireSameBlocks(picture, Transcoding.coefficients(again, Transcoding.MAX_PIXELS));
            assertThat(Transcoding.lossless(again).file())
                    .as("written a third time")
                    .isEqualTo(again);
        }
    }

    @Test
    void libjpegReadsIt() {
        Random random = new Random(89);
        int read = 0;
        for (int i = 0; i < 120; i++) {
            RandomPicture picture = RandomPicture.of(random);
            if (isWithinLibjpeg(picture.frame())) {
                read++;
                Libjpeg.Answer answer = Libjpeg.decode(Transcoding.write(picture, COMMENT));
                assertThat(answer.said()).as("%s", picture.frame()).isEmpty();
            }
        }
        assertThat(read).isGreaterThan(30);
    }

    /// It knows no meaning of two components, and no sampling of one and a half.
    private static boolean isWithinLibjpeg(Frame frame) {
        return frame.components().size() != 2
                && frame.components().stream()
                        .allMatch(component -> frame.maxHorizontal() % component.horizontal() == 0
                                && frame.maxVertical() % component.vertical() == 0);
    }

    private static void requireSameFrame(Frame written, Frame read) {
        assertThat(read.width()).isEqualTo(written.width());
        assertThat(read.height()).isEqualTo(written.height());
        assertThat(read.components())
                .usingRecursiveComparison()
                .ignoringFields("tableId")
                .isEqualTo(written.components());
    }

    private static void requireSameBlocks(RandomPicture picture, short[][] read) {
        for (FrameComponent component : picture.frame().components()) {
            short[] plane = picture.planes()[component.index()];
            int at = 0;
            for (int row = 0; row < component.blocksHigh(); row++) {
                int from = row * component.storedWide() * 64;
                for (int i = 0; i < component.blocksWide() * 64; i++, at++) {
                    if (read[component.index()][at] != plane[from + i]) {
                        assertThat(read[component.index()][at])
                                .as("component %d, row of blocks %d, value %d", component.index(), row, i)
                                .isEqualTo(plane[from + i]);
                    }
                }
            }
        }
    }
}
