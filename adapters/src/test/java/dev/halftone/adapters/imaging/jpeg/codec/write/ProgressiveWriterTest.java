package dev.halftone.adapters.imaging.jpeg.codec.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.JpegSamples.Picture;
import dev.halftone.adapters.imaging.jpeg.LibjpegTools;
import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.codec.coefficients.Coefficients;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.BitWriter;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import dev.halftone.adapters.imaging.jpeg.codec.scans.PlannedScan;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanScript;
import dev.halftone.adapters.imaging.jpeg.codec.scans.ScanScriptSearch;
import dev.halftone.adapters.imaging.jpeg.codec.scans.SparsePicture;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressiveWriterTest {
    private final ProgressiveWriter writer = new ProgressiveWriter(new BitWriter());
    private final ScanScriptSearch search = ScanScriptSearch.quick();

    @ParameterizedTest
    @ValueSource(strings = {"1x1", "2x1", "1x2", "2x2", "4x1", "2x2,1x2,1x1", "-grayscale", "-rgb"})
    void showsThePixelsOfTheBaselineFile(String kind) {
        LibjpegTools.assumePresent();
        int[][] sizes = {{96, 64}, {93, 61}, {17, 5}, {8, 9}, {1, 1}};
        for (int[] size : sizes) {
            byte[] ppm = JpegSamples.ppm(size[0], size[1], 3);
            byte[] baseline = kind.startsWith("-")
                    ? LibjpegTools.compress(ppm, kind, "-quality", "90")
                    : LibjpegTools.compress(ppm, "-sample", kind, "-quality", "90");
            Picture picture = JpegSamples.decode(baseline);
            byte[] segments =
                    StructureReader.read(baseline, JpegSamples.MAX_PIXELS).segmentBytes();
            for (ScanScript script : List.of(ScanScript.simple(picture.frame()), best(picture), levels(picture))) {
                byte[] written = write(segments, picture, script);
                String what = "%s %dx%d %s".formatted(kind, size[0], size[1], script);
                assertThat(LibjpegTools.pixels(written)).as(what).isEqualTo(LibjpegTools.pixels(baseline));
                assertThat(JpegSamples.same(JpegSamples.decode(written), picture))
                        .as(what)
                        .isTrue();
            }
        }
    }

    @Test
    void imageIoReadsWhatItReadsOfTheBaselineFile() throws IOException {
        for (int[] factors : new int[][] {{11}, {22, 11, 11}, {11, 11, 11}}) {
            Picture picture = smooth(JpegSamples.frame(61, 43, factors));
            for (ScanScript script : List.of(ScanScript.simple(picture.frame()), best(picture))) {
                assertThat(argb(write(new byte[0], picture, script))).isEqualTo(argb(baseline(picture)));
            }
        }
    }

    @Test
    void fourComponentsShowThePixelsOfTheBaselineFile() {
        LibjpegTools.assumePresent();
        Picture picture = smooth(JpegSamples.frame(75, 50, 22, 11, 11, 22));
        for (ScanScript script : List.of(ScanScript.simple(picture.frame()), best(picture))) {
            assertThat(LibjpegTools.pixels(write(new byte[0], picture, script)))
                    .isEqualTo(LibjpegTools.pixels(baseline(picture)));
        }
    }

    @Test
    void anyScriptKeepsAnyCoefficients() {
        Random random = new Random(29);
        int[][] samplings = {{11}, {22, 11, 11}, {11, 11, 11}, {21, 11, 11}, {11, 11, 11, 11}, {12, 22, 11}};
        for (int round = 0; round < 120; round++) {
            int[] factors = samplings[round % samplings.length];
            Frame frame = JpegSamples.frame(1 + random.nextInt(120), 1 + random.nextInt(120), factors);
            double density = Math.pow(random.nextDouble(), 3);
            int largest = 1 << random.nextInt(11);
            Picture picture = JpegSamples.random(frame, density, Math.min(1023, largest), random);
            ScanScript script = random(frame, random);
            assertThat(JpegSamples.same(JpegSamples.decode(write(new byte[0], picture, script)), picture))
                    .as("round %d, %s", round, script)
                    .isTrue();
        }
    }

    @Test
    void libjpegTakesAnyScriptWithoutWarning() {
        LibjpegTools.assumePresent();
        Random random = new Random(31);
        for (int round = 0; round < 25; round++) {
            Frame frame = JpegSamples.frame(1 + random.nextInt(90), 1 + random.nextInt(90), 22, 11, 11);
            Picture picture = JpegSamples.random(frame, 0.2 * random.nextDouble(), 12, random);
            ScanScript script = random(frame, random);
            assertThat(LibjpegTools.pixels(write(new byte[0], picture, script)))
                    .as("round %d, %s", round, script)
                    .isEqualTo(LibjpegTools.pixels(baseline(picture)));
        }
    }

    @Test
    void runsOfMoreEmptyBlocksThanOneSymbolTells() {
        Frame frame = JpegSamples.frame(2048, 2080, 11);
        Coefficients planes = new Coefficients();
        planes.reset(frame);
        FrameComponent component = frame.components().getFirst();
        short[] plane = planes.plane(component);
        assertThat(component.storedBlocks()).isGreaterThan(2 * 32_767);
        plane[64 * 3 + 7] = 5;
        plane[plane.length - 1] = -1;
        Picture picture = new Picture(frame, List.of(QuantTable.luminance(50)), planes);
        checkLongRuns(picture);
        for (int block = 0; block < component.storedBlocks(); block++) {
            plane[block * 64 + 5] = (short) (2 + block % 2);
        }
        checkLongRuns(picture);
    }

    private void checkLongRuns(Picture picture) {
        for (ScanScript script : List.of(ScanScript.simple(picture.frame()), best(picture), levels(picture))) {
            byte[] written = write(new byte[0], picture, script);
            assertThat(JpegSamples.same(JpegSamples.decode(written), picture)).isTrue();
        }
    }

    /// A run may pass 63 coefficients that are corrected, more bits than a reader holds for sure.
    @Test
    void correctionsOfWholeBlocks() {
        Random random = new Random(37);
        Frame frame = JpegSamples.frame(72, 56, 22, 11, 11);
        Picture picture = JpegSamples.random(frame, 1, 1, random);
        for (FrameComponent component : frame.components()) {
            short[] plane = picture.planes().plane(component);
            for (int at = 0; at < plane.length; at++) {
                plane[at] *= (short) (8 + random.nextInt(100));
            }
        }
        for (int round = 0; round < 8; round++) {
            ScanScript script = round == 0 ? levels(picture) : random(frame, random);
            byte[] written = write(new byte[0], picture, script);
            assertThat(JpegSamples.same(JpegSamples.decode(written), picture))
                    .as("%s", script)
                    .isTrue();
        }
    }

    @Test
    void libjpegReadsLongRunsToo() {
        LibjpegTools.assumePresent();
        Frame frame = JpegSamples.frame(2048, 1100, 11);
        Picture picture = smooth(frame);
        short[] plane = picture.planes().plane(frame.components().getFirst());
        Arrays.fill(picture.planes().dc(frame.components().getFirst()), (short) 0);
        for (int at = 0; at < plane.length; at++) {
            plane[at] = (short) (at % 64 == 5 ? 3 : 0);
        }
        byte[] written = write(new byte[0], picture, levels(picture));
        assertThat(LibjpegTools.pixels(written)).isEqualTo(LibjpegTools.pixels(baseline(picture)));
    }

    @Test
    void photographsOfTheCorpusLoseBytesAndNothingElse() throws IOException {
        LibjpegTools.assumePresent();
        Path folder = JpegSamples.CORPORA.resolve("bench/jpeg");
        assumeTrue(Files.isDirectory(folder), "the shared corpus is not here");
        long before = 0;
        long after = 0;
        for (String name : List.of("n01.jpg", "n02.jpg", "n06.jpg", "s02.jpg", "s03.jpg", "s05.jpg")) {
            byte[] source = Files.readAllBytes(folder.resolve(name));
            byte[] baseline = Transcoding.requantise(source, 50).file();
            Picture picture = JpegSamples.decode(baseline);
            byte[] segments =
                    StructureReader.read(baseline, JpegSamples.MAX_PIXELS).segmentBytes();
            byte[] written = write(segments, picture, best(picture));
            before += baseline.length;
            after += written.length;
            assertThat(written.length).as(name).isLessThan(baseline.length * 201 / 200);
            assertThat(LibjpegTools.pixels(written)).as(name).isEqualTo(LibjpegTools.pixels(baseline));
        }
        assertThat(after).isLessThan(before * 97 / 100);
    }

    private ScanScript best(Picture picture) {
        SparsePicture sparse = new SparsePicture();
        sparse.read(picture.frame(), picture.planes());
        return search.best(sparse);
    }

    /// Three bits of DC and of every band come as refinements.
    private static ScanScript levels(Picture picture) {
        List<PlannedScan> scans = new ArrayList<>();
        for (int high = 3; high >= 0; high--) {
            for (FrameComponent component : picture.frame().components()) {
                List<Integer> one = List.of(component.index());
                scans.add(high == 3 ? PlannedScan.dc(one, 3) : new PlannedScan(one, 0, 0, high + 1, high));
                scans.add(new PlannedScan(one, 1, 9, high == 3 ? 0 : high + 1, high));
                scans.add(new PlannedScan(one, 10, 63, high == 3 ? 0 : high + 1, high));
            }
        }
        return new ScanScript(scans);
    }

    /// Bands cut anywhere, each with its own number of refinements.
    private static ScanScript random(Frame frame, Random random) {
        List<PlannedScan> scans = new ArrayList<>();
        List<Integer> all =
                frame.components().stream().map(FrameComponent::index).toList();
        if (random.nextBoolean()) {
            addWithRefinements(scans, PlannedScan.dc(all, random.nextInt(3)));
        } else {
            all.forEach(one -> addWithRefinements(scans, PlannedScan.dc(List.of(one), random.nextInt(3))));
        }
        for (int component : all) {
            for (int start = 1; start <= 63; ) {
                int end = Math.min(63, start + random.nextInt(random.nextBoolean() ? 8 : 64));
                addWithRefinements(scans, PlannedScan.ac(component, start, end, random.nextInt(4)));
                start = end + 1;
            }
        }
        return new ScanScript(
                scans.size() <= 100 ? scans : ScanScript.simple(frame).scans());
    }

    private static void addWithRefinements(List<PlannedScan> scans, PlannedScan first) {
        scans.add(first);
        while (scans.getLast().low() > 0) {
            scans.add(scans.getLast().refined());
        }
    }

    /// Coefficients that fall with frequency, so that no sample leaves its range.
    private static Picture smooth(Frame frame) {
        Picture picture = JpegSamples.random(frame, 0.15, 2, new Random(41));
        for (FrameComponent component : frame.components()) {
            short[] plane = picture.planes().plane(component);
            for (int block = 0; block < component.storedBlocks(); block++) {
                picture.planes().dc(component)[block] = (short) (block * 7 % 31 - 15);
                plane[block * 64 + 1] = (short) (block % 9 - 4);
            }
        }
        return picture;
    }

    private byte[] write(byte[] segments, Picture picture, ScanScript script) {
        SparsePicture sparse = new SparsePicture();
        sparse.read(picture.frame(), picture.planes());
        return writer.write(segments, picture.tables(), sparse, script);
    }

    private static byte[] baseline(Picture picture) {
        return FileWriterTest.write(picture, 0);
    }

    private static int[] argb(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
