package dev.halftone.adapters.imaging.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ssimulacra2Test {

    @Test
    void isAHundredForTheSamePicture() {
        Rgb scene = MadePictures.scene(320, 208);

        assertThat(Ssimulacra2.of(scene, scene)).isEqualTo(100.0);
    }

    /// What `ssimulacra2` of github.com/cloudinary/ssimulacra2 (81feacf, built from its sources) prints for these
    /// pixels written as PNG.
    @ParameterizedTest
    @CsvSource({
        "320, 208,  8,  88.78941690",
        "320, 208, 24,  50.60377958",
        "320, 208, 60, -45.45886610",
        "201, 177,  8,  88.34205561",
        "201, 177, 24,  53.65158956",
        "201, 177, 60, -41.91499835",
        "41,   30,  8,  79.01999350",
        "41,   30, 24,  26.18853665",
        "41,   30, 60, -47.41133146"
    })
    void scoresStepsAsThePublishedProgramDoes(int width, int height, int step, double published) {
        Rgb scene = MadePictures.scene(width, height);

        assertThat(Ssimulacra2.of(scene, MadePictures.stepped(scene, step))).isCloseTo(published, within(0.08));
    }

    @ParameterizedTest
    @CsvSource({
        "320, 208, 2,  65.24697905",
        "320, 208, 6, -27.91115522",
        "201, 177, 2,  67.20794001",
        "201, 177, 6, -22.40799131",
        "41,   30, 2,  30.83943894",
        "41,   30, 6, -26.10565678"
    })
    void scoresBlurAsThePublishedProgramDoes(int width, int height, int length, double published) {
        Rgb scene = MadePictures.scene(width, height);

        assertThat(Ssimulacra2.of(scene, MadePictures.smeared(scene, length))).isCloseTo(published, within(0.08));
    }

    @Test
    void risesWithTheQualityOfAJpeg() throws IOException {
        Rgb scene = MadePictures.scene(320, 208);
        double last = Double.NEGATIVE_INFINITY;
        for (int quality : new int[] {10, 30, 50, 70, 90, 100}) {
            double score = Ssimulacra2.of(scene, asJpeg(scene, quality));

            assertThat(score).as("quality %d", quality).isGreaterThan(last).isLessThan(100);
            last = score;
        }
    }

    @Test
    void takesTheFirstPictureAsTheReference() {
        Rgb scene = MadePictures.scene(201, 177);
        Rgb blurred = MadePictures.smeared(scene, 6);

        assertThat(Ssimulacra2.of(scene, blurred)).isNotCloseTo(Ssimulacra2.of(blurred, scene), within(0.1));
    }

    @Test
    void refusesPicturesThatAreTooSmallOrOfTwoSizes() {
        Rgb narrow = MadePictures.scene(7, 40);
        Rgb wide = MadePictures.scene(40, 7);

        assertThatThrownBy(() -> Ssimulacra2.of(narrow, narrow)).hasMessageContaining("7 x 40");
        assertThatThrownBy(() -> Ssimulacra2.of(narrow, wide)).hasMessageContaining("one size");
    }

    @Test
    void takesCubeRootsExactlyEnough() {
        for (float value = 0.0037f; value < 1.1f; value += 0.00037f) {
            assertThat((double) Xyb.root(value)).isCloseTo(Math.cbrt(value), within(3e-7));
        }
    }

    private static Rgb asJpeg(Rgb picture, int quality) throws IOException {
        int width = picture.width();
        int height = picture.height();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, picture.packed(), 0, width);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam wish = writer.getDefaultWriteParam();
        wish.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        wish.setCompressionQuality(quality / 100f);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), wish);
        }
        writer.dispose();
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        return new Rgb(width, height, decoded.getRGB(0, 0, width, height, null, 0, width));
    }
}
