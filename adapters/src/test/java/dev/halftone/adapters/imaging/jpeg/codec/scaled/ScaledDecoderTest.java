package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import static dev.halftone.adapters.imaging.jpeg.codec.scaled.MadeJpegs.decode;
import static dev.halftone.adapters.imaging.jpeg.codec.scaled.MadeJpegs.jpeg;
import static dev.halftone.adapters.imaging.jpeg.codec.scaled.MadeJpegs.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// libjpeg-turbo's own decoder is the reference: every sample must be the same at every scale.
class ScaledDecoderTest {
    private static final Path CORPORA = Path.of(System.getProperty("halftone.root", "."), "..", "shared", "corpora");

    private static final int[][] SIZES = {{1, 1}, {2, 3}, {7, 9}, {3, 50}, {17, 33}, {40, 24}, {131, 67}};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1x1",
                "2x1",
                "1x2",
                "2x2",
                "4x1",
                "1x4",
                "4x2",
                "3x1",
                "1x3",
                "1x1,2x2,2x2",
                "2x2,2x1,1x2",
                "2x2,1x1,2x2"
            })
    void everySamplingAndSizeDecodesAsLibjpegDoes(String sampling) {
        for (int[] size : SIZES) {
            byte[] jpeg = jpeg(size[0], size[1], "-quality", "90", "-sample", sampling);
            assertSameAtAllScales(jpeg, size[0] + "x" + size[1]);
            assertSameAtAllScales(
                    LibjpegTurbo.jpegtran(jpeg, "-progressive"), "progressive " + size[0] + "x" + size[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-grayscale",
                "-rgb",
                "-rgb -sample 2x2,1x1,1x1",
                "-restart 1",
                "-restart 3B",
                "-restart 2B -optimize -sample 1x1",
                "-grayscale -restart 5B",
                "-quality 1",
                "-quality 5 -progressive",
                "-quality 100 -sample 1x1",
                "-quality 100 -grayscale -optimize"
            })
    void everyVariantDecodesAsLibjpegDoes(String options) {
        for (int[] size : SIZES) {
            assertSameAtAllScales(jpeg(size[0], size[1], options.split(" ", -1)), size[0] + "x" + size[1]);
        }
    }

    @Test
    void componentsInScansOfTheirOwnDecodeTheSame(@TempDir Path folder) throws IOException {
        for (String script : List.of("0;1;2;", "0;1 2;", "2;0 1;", "1;0;2;")) {
            Path file = Files.writeString(folder.resolve("scans.txt"), script);
            for (int[] size : SIZES) {
                byte[] jpeg = jpeg(size[0], size[1], "-restart", "2B", "-scans", file.toString());
                assertSameAtAllScales(jpeg, script + " " + size[0] + "x" + size[1]);
            }
        }
    }

    private static void assertSameAtAllScales(byte[] jpeg, String what) {
        for (Scale scale : Scale.values()) {
            assertThat(difference(jpeg, scale)).as(what + " at " + scale).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos", "jpeg-conformance", "exif-orientation"})
    void everyFileOfTheCorpusDecodesAsLibjpegDoes(String folder) throws IOException {
        assumeTrue(Files.isDirectory(CORPORA.resolve(folder)), "the shared corpus is not beside the repository");
        List<Path> files;
        try (Stream<Path> all = Files.walk(CORPORA.resolve(folder))) {
            files = all.filter(path -> path.toString().matches(".*\\.(jpe?g|mpo)"))
                    .sorted()
                    .toList();
        }
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            try {
                for (Scale scale : Scale.values()) {
                    String difference = difference(bytes, scale);
                    if (!difference.isEmpty()) {
                        wrong.add(file.getFileName() + " at " + scale + ": " + difference);
                    }
                }
            } catch (RefusedException e) {
                refused.add(file.getFileName() + ": " + e.getMessage());
            }
        }
        LoggerFactory.getLogger(ScaledDecoderTest.class)
                .info("{}: {} files, {} refused: {}", folder, files.size(), refused.size(), refused);
        assertThat(wrong).isEmpty();
        assertThat(refused.size()).isLessThan(files.size() / 4);
    }

    /// Where our samples and those of djpeg differ, empty for nowhere. It has no way to give four components
    /// out.
    private static String difference(byte[] jpeg, Scale scale) {
        ScaledImage seen = decode(jpeg, scale);
        if (seen instanceof ScaledImage.Four) {
            return "";
        }
        LibjpegTurbo.Answer answer = LibjpegTurbo.djpeg(jpeg, scale);
        if (answer.bytes().length == 0) {
            return "djpeg alone refuses it: " + answer.complaint();
        }
        LibjpegTurbo.Pixmap wanted = LibjpegTurbo.pixmap(answer.bytes());
        if (wanted.width() != seen.width() || wanted.height() != seen.height()) {
            return seen.width() + "x" + seen.height() + " for " + wanted.width() + "x" + wanted.height();
        }
        byte[] samples = samples(seen);
        int pixel = Arrays.mismatch(samples, wanted.samples()) / wanted.bands();
        return Arrays.equals(samples, wanted.samples())
                ? ""
                : "first at " + pixel % wanted.width() + "," + pixel / wanted.width() + " " + answer.complaint();
    }

    @Test
    void fourComponentsStayAsTheyAreStored() throws IOException {
        byte[] jpeg = TestImages.cmykJpeg(40, 24, 10, 250, 128, 77);
        ScaledImage seen = decode(jpeg, Scale.FULL);
        assertThat(seen).isInstanceOf(ScaledImage.Four.class);
        byte[] stored = new byte[4 * 40 * 24];
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(input);
            reader.readRaster(0, null).getDataElements(0, 0, 40, 24, stored);
        } finally {
            reader.dispose();
        }
        assertThat(samples(seen)).isEqualTo(stored);
        assertThat(samples(decode(jpeg, Scale.EIGHTH))).isEqualTo(Arrays.copyOf(stored, 4 * 5 * 3));
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void eachRowOfMcusMayStopTheWork(Scale scale) {
        byte[] jpeg = jpeg(64, 160, "-sample", "2x2");
        int[] bands = new int[1];
        decode(jpeg, scale, () -> bands[0]++);
        assertThat(bands[0]).isEqualTo(10);
        assertThatThrownBy(() -> decode(jpeg, scale, () -> {
                    throw new IllegalStateException("late");
                }))
                .hasMessage("late");
        int[] scans = new int[1];
        decode(LibjpegTurbo.jpegtran(jpeg, "-progressive"), scale, () -> scans[0]++);
        assertThat(scans[0]).isGreaterThan(10);
    }

    /// A file of 6 megapixels has 18 MB of coefficients, and its picture at 1/8 takes 0.4 MB.
    @Test
    void sequentialFilesHoldNoMoreThanABand() {
        byte[] jpeg = jpeg(2000, 3000, "-sample", "2x2");
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        decode(jpeg, Scale.EIGHTH);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(2_000_000);
    }

    @Test
    void fractionsOfSamplesAreRefusedAsUnsupported() {
        byte[] jpeg = jpeg(64, 64, "-sample", "3x1");
        int header = 2;
        while (jpeg[header] != (byte) 0xFF || jpeg[header + 1] != (byte) 0xC0) {
            header++;
        }
        jpeg[header + 14] = 0x21;
        assertThatThrownBy(() -> decode(jpeg, Scale.FULL))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("sampling factors that divide the largest");
    }
}
