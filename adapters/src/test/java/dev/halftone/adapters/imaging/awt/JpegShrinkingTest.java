package dev.halftone.adapters.imaging.awt;

import static dev.halftone.adapters.imaging.TestImages.exif;
import static dev.halftone.adapters.imaging.TestImages.greyRamp;
import static dev.halftone.adapters.imaging.TestImages.jpeg;
import static dev.halftone.adapters.imaging.TestImages.quarters;
import static dev.halftone.adapters.imaging.TestImages.segment;
import static dev.halftone.adapters.imaging.TestImages.withSegments;
import static dev.halftone.adapters.imaging.awt.EngineProbe.BLUE;
import static dev.halftone.adapters.imaging.awt.EngineProbe.ENGINE;
import static dev.halftone.adapters.imaging.awt.EngineProbe.GREEN;
import static dev.halftone.adapters.imaging.awt.EngineProbe.RED;
import static dev.halftone.adapters.imaging.awt.EngineProbe.TO_PNG;
import static dev.halftone.adapters.imaging.awt.EngineProbe.assertClose;
import static dev.halftone.adapters.imaging.awt.EngineProbe.corners;
import static dev.halftone.adapters.imaging.awt.EngineProbe.made;
import static dev.halftone.adapters.imaging.awt.EngineProbe.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JPEGs that are made smaller are not decoded pixel by pixel, and come out no different for it.
class JpegShrinkingTest {

    @Test
    void onlyAsMuchIsDecodedAsTheSizeNeeds() throws IOException {
        byte[] source = jpeg(quarters(803, 605), 0.9f);
        assertThat(decoded(source, 803, 605)).isEqualTo(new PixelSize(803, 605));
        assertThat(decoded(source, 500, 377)).isEqualTo(new PixelSize(803, 605));
        assertThat(decoded(source, 402, 303)).isEqualTo(new PixelSize(402, 303));
        assertThat(decoded(source, 300, 226)).isEqualTo(new PixelSize(402, 303));
        assertThat(decoded(source, 102, 76)).isEqualTo(new PixelSize(201, 152));
        assertThat(decoded(source, 100, 75)).isEqualTo(new PixelSize(101, 76));
        assertThat(decoded(jpeg(greyRamp(512, 256), 1f), 60, 30)).isEqualTo(new PixelSize(64, 32));
        assertThat(decoded(TestImages.cmykJpeg(256, 256, 0, 255, 255, 255), 20, 20))
                .isEqualTo(new PixelSize(32, 32));
    }

    @Test
    void whatTheCodecRefusesIsDecodedWhole() throws IOException {
        JpegFile file = JpegFile.parse(jpeg(quarters(96, 96), 0.9f));
        byte[] stray = withStrayByte(file);
        assertThat(decoded(stray, 12, 12)).isEqualTo(new PixelSize(96, 96));
        assertClose(corners(open(made(stray, narrow(TO_PNG, 24)).bytes())), RED, GREEN, BLUE);
    }

    private static PixelSize decoded(byte[] source, int width, int height) throws IOException {
        Picture picture = JpegDecoder.decode(
                JpegFile.parse(source), new PixelSize(width, height), Deadline.in(Duration.ofMinutes(1)));
        return new PixelSize(picture.width(), picture.height());
    }

    /// Decoders pass over such bytes; T.81 does not know them.
    private static byte[] withStrayByte(JpegFile file) {
        int at = file.segments().get(1).start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file.bytes(), 0, at);
        out.write(0);
        out.write(file.bytes(), at, file.bytes().length - at);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void picturesComeOutUprightAndInTheirColours(int orientation) throws IOException {
        BufferedImage upright = quarters(960, 640);
        for (int width : new int[] {480, 200, 120, 60}) {
            byte[] source = withSegments(
                    jpeg(AwtEngineTest.stored(upright, orientation), 0.95f),
                    segment(0xe1, "Exif\0\0", exif(orientation)));
            EncodedImage image = made(source, narrow(Compression.DEFAULT.withQuality(90), width));
            assertThat(image.size()).isEqualTo(new PixelSize(width, width * 2 / 3));
            BufferedImage seen = open(image.bytes());
            assertThat(seen.getWidth()).isEqualTo(width);
            assertClose(corners(seen), RED, GREEN, BLUE);
        }
    }

    @Test
    void greyNeverGetsLighter() throws IOException {
        BufferedImage seen =
                open(made(jpeg(greyRamp(512, 256), 1f), narrow(TO_PNG, 32)).bytes());
        for (int x = 1; x < 31; x++) {
            int wanted = 40 + 120 * (2 * x + 1) / 64;
            assertThat(seen.getRaster().getSample(x, 8, 0)).isBetween(wanted - 3, wanted + 3);
        }
    }

    @Test
    void fourInksComeOutInTheirColours() throws IOException {
        byte[] cyan = TestImages.cmykJpeg(256, 256, 0, 255, 255, 255);
        int seen = open(made(cyan, narrow(TO_PNG, 20)).bytes()).getRGB(10, 10);
        assertThat(seen >> 16 & 255).as("red").isLessThan(60);
        assertThat(seen & 255).as("blue").isGreaterThan(150);
    }

    @Test
    void everyCutIsRefused() {
        byte[] whole = jpeg(quarters(320, 240), 0.9f);
        for (int length = 700; length < whole.length - 2; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> made(cut, narrow(TO_PNG, 40))).hasMessageStartingWith("corrupt_image");
            byte[] ended = Arrays.copyOf(cut, length + 2);
            ended[length] = (byte) 0xff;
            ended[length + 1] = (byte) 0xd9;
            assertThatThrownBy(() -> made(ended, narrow(TO_PNG, 40))).hasMessageStartingWith("corrupt_image");
        }
    }

    @Test
    void stopsAtTheDeadline() {
        ImageLimits hasty = new ImageLimits(1 << 24, 1 << 24, 9999, Duration.ofNanos(1));
        SourceImage source = new SourceImage(ImageFormat.JPEG, jpeg(quarters(300, 200), 0.9f));
        assertThatThrownBy(() -> ENGINE.compress(source, narrow(Compression.DEFAULT, 30), hasty))
                .hasMessageStartingWith("processing_timeout");
    }

    private static Compression narrow(Compression compression, int width) {
        return compression.withBounds(OptionalInt.of(width), OptionalInt.empty());
    }
}
