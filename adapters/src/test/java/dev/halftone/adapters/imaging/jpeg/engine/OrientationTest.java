package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.jpeg.LibjpegTools;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.InParallel;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Compression;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures come out upright, whichever engine turned them.
class OrientationTest {
    private static final Pattern NAMED = Pattern.compile("(?:mm-|Landscape_|orientation-|exif-)([1-8])(?!\\d)");
    private static final List<String> MEANINGLESS = List.of("65535", "in-ifd1-only", "offset-beyond", "xmp-only");

    /// A wrong turn is below 15 dB.
    private static final double ALIKE = 27;

    private static List<Path> corpus() {
        return CorpusJpegs.all().stream()
                .filter(file -> file.toString().contains("exif-orientation"))
                .toList();
    }

    /// As the file's name says.
    private static int orientation(Path file) {
        String name = file.getFileName().toString();
        Matcher named = NAMED.matcher(name);
        return named.find() && MEANINGLESS.stream().noneMatch(name::contains) ? Integer.parseInt(named.group(1)) : 1;
    }

    private static byte[] photo(int width, int height, int orientation, String... options) {
        byte[] plain = Libjpeg.encode(Pixels.photo(width, height, 3).toPnm(), options);
        return TestImages.withSegments(plain, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(orientation)));
    }

    @Test
    void everyFileOfTheCorpusComesOutUpright() {
        List<Path> files = corpus();
        assertThat(files).hasSize(28);
        assertThat(InParallel.problems(files, file -> {
                    byte[] source = CorpusJpegs.read(file);
                    Pixels wanted = Tagged.upright(Libjpeg.pixels(source), orientation(file));
                    for (Compression compression : List.of(
                            Compression.DEFAULT.withQuality(70),
                            Engines.LOSSLESS,
                            Engines.bytes(source.length * 6L / 10),
                            Engines.bytes(source.length * 2L))) {
                        EncodedImage made = Engines.through(source, compression).image();
                        Pixels shown = Tagged.shown(made.bytes());
                        if (!made.size().equals(new PixelSize(wanted.width(), wanted.height()))
                                || shown.width() != wanted.width()
                                || shown.psnr(wanted) < ALIKE) {
                            return Optional.of(
                                    "%s by %s is shown %s".formatted(file, compression.target(), made.size()));
                        }
                    }
                    return Optional.empty();
                }))
                .isEmpty();
    }

    @Test
    void losslessTurnsOfTheCorpusAreThoseOfJpegtran() {
        LibjpegTools.assumePresent();
        int turned = 0;
        for (Path file : corpus()) {
            byte[] source = CorpusJpegs.read(file);
            int orientation = orientation(file);
            byte[] made = Engines.made(source, Engines.LOSSLESS);
            Optional<byte[]> expected = orientation == 1
                    ? Optional.of(source)
                    : LibjpegTools.tryTransform(
                            source, Tagged.jpegtran(orientation).toArray(String[]::new));
            if (expected.isPresent()) {
                assertThat(Tagged.exif(made)).as("%s", file).isEmpty();
                turned += orientation == 1 ? 0 : 1;
            } else {
                assertThat(Tagged.tags(Tagged.exif(made).orElseThrow()))
                        .as("%s", file)
                        .isEqualTo(Map.of(Tagged.ORIENTATION, orientation));
            }
            assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(expected.orElse(source))))
                    .as("%s", file)
                    .isZero();
        }
        assertThat(turned).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void turnsWholeMcusOnBlocks(int orientation) {
        LibjpegTools.assumePresent();
        for (String sampling : List.of("1x1", "2x1", "1x2", "2x2")) {
            byte[] source = photo(96, 64, orientation, "-quality", "90", "-sample", sampling);
            byte[] made = Engines.made(source, Engines.LOSSLESS);
            byte[] expected =
                    Libjpeg.transcode(source, Tagged.jpegtran(orientation).toArray(String[]::new));
            assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(expected))).isZero();
            assertThat(JpegParts.of(made).all(Markers.APP0 + 1)).isEmpty();
            Pixels wanted = Tagged.upright(Libjpeg.pixels(source), orientation);
            for (Compression lossy : List.of(
                    Compression.DEFAULT.withQuality(60),
                    Compression.DEFAULT.withQuality(60).withEncoding(Engines.BEST),
                    Compression.DEFAULT.withQuality(60).withEncoding(Engines.SMALLEST),
                    Compression.DEFAULT.withQuality(60).withEncoding(Engines.PROGRESSIVE),
                    Engines.bytes(source.length / 2),
                    Engines.similarity(0.9))) {
                EncodedImage image = Engines.image(source, lossy);
                assertThat(image.size()).isEqualTo(new PixelSize(wanted.width(), wanted.height()));
                assertThat(Libjpeg.pixels(image.bytes()).psnr(wanted))
                        .as("%s %s", sampling, lossy)
                        .isGreaterThan(25);
            }
        }
    }

    @Test
    void leavesPartialMcusToPixels() {
        byte[] source = photo(90, 60, 3, "-quality", "90", "-sample", "2x2");
        assertThat(Engines.reason(source, Compression.DEFAULT)).contains("orientation");
        EncodedImage made = Engines.through(source, Compression.DEFAULT).image();
        assertThat(Tagged.orientation(made.bytes())).isEqualTo(1);
        assertThat(Tagged.shown(made.bytes()).psnr(Tagged.upright(Libjpeg.pixels(source), 3)))
                .isGreaterThan(ALIKE);
    }

    @Test
    void losslessKeepsTheTagAloneWherePartialMcusCannotTurn() {
        byte[] source = photo(90, 60, 6, "-quality", "90", "-sample", "2x2");
        byte[] made = Engines.made(source, Engines.LOSSLESS);
        assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(source))).isZero();
        assertThat(Tagged.tags(Tagged.exif(made).orElseThrow())).isEqualTo(Map.of(Tagged.ORIENTATION, 6));
        assertThat(TestImages.contains(made, "SECRET")).isFalse();
    }
}
