package dev.halftone.adapters.imaging.jpeg.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.InParallel;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Taken;
import dev.halftone.adapters.imaging.jpeg.fixture.Vips;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;

/// Requantised files of each class read by decoders that have nothing to do with the codec: libjpeg-turbo without
/// a warning, libvips told to fail on one, and the JDK's.
class OutputsDecodeTest {
    /// The JDK's libjpeg rounds its inverse DCT otherwise.
    private static final int TOLERANCE = 3;

    /// It also repeats lines of chroma where libjpeg-turbo interpolates them, alone at this sampling.
    private static final String OTHER_UPSAMPLING = "4:4:0";

    private static final long LARGEST = 200_000;

    /// Small drawings lose most at quality 50; a picture decoded wrong keeps under 15.
    private static final double LEAST_DB = 20;

    private final Map<String, byte[]> sources = MadeJpegs.classes(93, 61, 88);

    @Test
    void libvipsReadsThemAsLibjpegDoes() {
        assertThat(InParallel.problems(sources.entrySet(), one -> {
                    byte[] output = Transcoding.requantise(one.getValue(), 50).file();
                    if (hasFourComponents(one.getKey())) {
                        Vips.requireFourBands(output);
                        return Optional.empty();
                    }
                    return differing(one.getKey(), Libjpeg.pixels(output), Vips.pixels(output), 0);
                }))
                .isEmpty();
    }

    @Test
    void theJdkReadsThemAsLibjpegDoes() {
        assertThat(InParallel.problems(sources.entrySet(), one -> {
                    byte[] output = Transcoding.requantise(one.getValue(), 50).file();
                    if (hasFourComponents(one.getKey())) {
                        return rasterBands(output) == 4
                                ? Optional.empty()
                                : Optional.of(one.getKey() + ": the JDK finds other than 4 bands");
                    }
                    return differing(
                            one.getKey(),
                            Libjpeg.pixels(output),
                            jdkPixels(output),
                            one.getKey().equals(OTHER_UPSAMPLING) ? 32 : TOLERANCE);
                }))
                .isEmpty();
    }

    /// Of the corpus, which holds what encoders of all kinds wrote.
    @Test
    void libjpegReadsRequantisedFilesOfTheCorpusWithoutAWarning() {
        List<Path> files = CorpusJpegs.all().stream()
                .filter(file -> file.toFile().length() < LARGEST)
                .toList();
        assertThat(InParallel.problems(files, OutputsDecodeTest::spoilt)).isEmpty();
    }

    private static Optional<String> spoilt(Path path) {
        byte[] file = CorpusJpegs.read(path);
        if (!(Transcoding.requantise(file, 50) instanceof Taken(byte[] output))) {
            return Optional.empty();
        }
        Libjpeg.Answer answer = Libjpeg.decode(output);
        if (!answer.isClean()) {
            return Optional.of(path.getFileName() + ": libjpeg-turbo says " + answer.said());
        }
        double psnr = Pixels.ofPnm(Libjpeg.decode(file).output()).psnr(Pixels.ofPnm(answer.output()));
        return psnr > LEAST_DB ? Optional.empty() : Optional.of("%s: %.1f dB".formatted(path.getFileName(), psnr));
    }

    private static boolean hasFourComponents(String name) {
        return name.contains("CMYK") || name.contains("YCCK");
    }

    private static Optional<String> differing(String name, Pixels libjpeg, Pixels other, int tolerance) {
        int farthest = libjpeg.farthest(other);
        return farthest <= tolerance ? Optional.empty() : Optional.of(name + ": pixels differ by " + farthest);
    }

    private static Pixels jdkPixels(byte[] file) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            int bands = image.getRaster().getNumBands();
            byte[] samples = new byte[image.getWidth() * image.getHeight() * bands];
            int at = 0;
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    if (bands == 1) {
                        samples[at++] = (byte) image.getRaster().getSample(x, y, 0);
                    } else {
                        int rgb = image.getRGB(x, y);
                        samples[at++] = (byte) (rgb >> 16);
                        samples[at++] = (byte) (rgb >> 8);
                        samples[at++] = (byte) rgb;
                    }
                }
            }
            return new Pixels(image.getWidth(), image.getHeight(), bands, samples);
        } catch (IOException e) {
            throw new AssertionError("the JDK does not read it", e);
        }
    }

    /// The JDK converts no four-component file to RGB, but decodes its samples.
    private static int rasterBands(byte[] file) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in);
            return reader.readRaster(0, null).getNumBands();
        } catch (IOException e) {
            throw new AssertionError("the JDK does not read it", e);
        } finally {
            reader.dispose();
        }
    }
}
