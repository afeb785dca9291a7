package dev.halftone.adapters.imaging.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngRoundTripTest {
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1));

    private byte[] encoded(Picture picture) {
        return PngEncoder.exact(picture, false, false, new byte[0], deadline);
    }

    private Picture decoded(byte[] png) {
        return PngDecoder.decode(PngFile.parse(png), deadline);
    }

    private static int[] header(byte[] png) {
        return new int[] {png[24], png[25]};
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "4, 2", "16, 4", "256, 8"})
    void greyTakesTheFewestBits(int levels, int bits) {
        byte[] samples = new byte[37 * 11];
        Random random = new Random(1);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (255 / (levels - 1) * random.nextInt(levels));
        }
        byte[] png = encoded(new Picture.Grey(37, 11, samples));
        assertThat(header(png)).containsExactly(bits, 0);
        assertThat(((Picture.Grey) decoded(png)).samples()).isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "11, 4", "200, 8"})
    void fewColoursTakeAPalette(int colours, int bits) throws IOException {
        Random random = new Random(2);
        int[] palette = random.ints(colours)
                .map(i -> i % 3 == 0 ? i : i | 0xff000000)
                .map(i -> i >>> 24 == 0 ? 0 : i)
                .toArray();
        int[] argb = new int[53 * 17];
        Arrays.setAll(argb, i -> palette[random.nextInt(colours)]);
        byte[] png = encoded(Picture.Colour.of(53, 17, argb));
        assertThat(header(png)).containsExactly(bits, 3);
        assertThat(((Picture.Colour) decoded(png)).argb()).isEqualTo(argb);
        BufferedImage stock = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(stock.getRGB(0, 0, 53, 17, null, 0, 53)).isEqualTo(argb);
    }

    @ParameterizedTest
    @CsvSource({"true, false, 2", "false, false, 6", "false, true, 4"})
    void manyColoursStayAsTheyAre(boolean opaque, boolean grey, int type) throws IOException {
        Random random = new Random(3);
        int[] argb = new int[83 * 29];
        Arrays.setAll(argb, i -> {
            int rgb = grey ? random.nextInt(256) * 0x010101 : random.nextInt(1 << 24);
            return (opaque ? 255 : 1 + random.nextInt(255)) << 24 | rgb;
        });
        byte[] png = encoded(Picture.Colour.of(83, 29, argb));
        assertThat(header(png)).containsExactly(8, type);
        assertThat(((Picture.Colour) decoded(png)).argb()).isEqualTo(argb);
        if (!grey) {
            BufferedImage stock = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(stock.getRGB(0, 0, 83, 29, null, 0, 83)).isEqualTo(argb);
        }
    }

    @Test
    void readsInterlacedRows() {
        BufferedImage image = TestImages.quarters(61, 43);
        int[] wanted = image.getRGB(0, 0, 61, 43, null, 0, 61);
        assertThat(((Picture.Colour) decoded(TestImages.interlacedPng(image))).argb())
                .isEqualTo(wanted);
    }

    @Test
    void readsSixteenBitsRounded() {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 0x80ff, 0xffff});
        assertThat(((Picture.Grey) decoded(TestImages.written(image, "png"))).samples())
                .containsExactly(0, 128, 255);
    }

    @Test
    void refusesEveryCut() {
        byte[] png = TestImages.written(TestImages.quarters(40, 30), "png");
        for (int length = 8; length < png.length; length += 7) {
            byte[] cut = Arrays.copyOf(png, length);
            assertThatThrownBy(() -> decoded(cut))
                    .isInstanceOfSatisfying(
                            HalftoneException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.CORRUPT_IMAGE));
        }
    }

    @Test
    void refusesRowsThatAreMissingInsideAWholeFile() {
        byte[] png = TestImages.written(TestImages.quarters(40, 30), "png");
        byte[] taller = TestImages.withChunks(png);
        taller[23] = 31;
        byte[] header = Arrays.copyOfRange(taller, 16, 29);
        System.arraycopy(PngFile.chunk("IHDR", header), 0, taller, 8, 25);
        assertThatThrownBy(() -> decoded(taller)).hasMessageContaining("cut short");
    }

    @Test
    void refusesAFlippedBit() {
        byte[] png = TestImages.written(TestImages.quarters(40, 30), "png");
        png[png.length / 2] ^= 4;
        assertThatThrownBy(() -> decoded(png)).hasMessageContaining("checksum");
    }
}
