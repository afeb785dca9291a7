package dev.halftone.adapters.imaging.awt;

import static dev.halftone.adapters.imaging.TestImages.exif;
import static dev.halftone.adapters.imaging.TestImages.jpeg;
import static dev.halftone.adapters.imaging.TestImages.quarters;
import static dev.halftone.adapters.imaging.TestImages.segment;
import static dev.halftone.adapters.imaging.TestImages.withChunks;
import static dev.halftone.adapters.imaging.TestImages.withSegments;
import static dev.halftone.adapters.imaging.TestImages.written;
import static dev.halftone.adapters.imaging.awt.EngineProbe.BLUE;
import static dev.halftone.adapters.imaging.awt.EngineProbe.ENGINE;
import static dev.halftone.adapters.imaging.awt.EngineProbe.GREEN;
import static dev.halftone.adapters.imaging.awt.EngineProbe.RED;
import static dev.halftone.adapters.imaging.awt.EngineProbe.TO_JPEG;
import static dev.halftone.adapters.imaging.awt.EngineProbe.TO_PNG;
import static dev.halftone.adapters.imaging.awt.EngineProbe.assertClose;
import static dev.halftone.adapters.imaging.awt.EngineProbe.assertRefused;
import static dev.halftone.adapters.imaging.awt.EngineProbe.corners;
import static dev.halftone.adapters.imaging.awt.EngineProbe.made;
import static dev.halftone.adapters.imaging.awt.EngineProbe.open;
import static dev.halftone.adapters.imaging.awt.EngineProbe.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwtEngineTest {

    @Test
    void aJpegGetsTheTablesOfItsQuality() {
        EncodedImage image = made(jpeg(quarters(160, 120), 0.95f), Compression.DEFAULT.withQuality(30));
        int[][] tables = JpegFile.parse(image.bytes()).quantTables();
        assertThat(tables[0]).isEqualTo(zigzag(IjgTables.luminance(30)));
        assertThat(tables[1]).isEqualTo(zigzag(IjgTables.chrominance(30)));
    }

    @Test
    void aSourceThatIsCoarserKeepsItsSteps() {
        byte[] coarse = jpeg(quarters(160, 120), 0.2f);
        int[][] tables = JpegFile.parse(
                        made(coarse, Compression.DEFAULT.withQuality(80)).bytes())
                .quantTables();
        assertThat(tables).isDeepEqualTo(JpegFile.parse(coarse).quantTables());
    }

    @Test
    void chromaIsHalvedBothWays() {
        byte[] out = made(jpeg(quarters(160, 120), 0.95f), Compression.DEFAULT).bytes();
        int sof = 0;
        while ((out[sof] & 255) != 0xff || (out[sof + 1] & 255) != 0xc0) {
            sof++;
        }
        assertThat(out[sof + 11]).isEqualTo((byte) 0x22);
        assertThat(out[sof + 14]).isEqualTo((byte) 0x11);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void picturesComeOutUpright(int orientation) throws IOException {
        BufferedImage stored = stored(quarters(120, 80), orientation);
        List<byte[]> sources = List.of(
                withSegments(jpeg(stored, 0.95f), segment(0xe1, "Exif\0\0", exif(orientation))),
                withChunks(written(stored, "png"), PngFile.chunk("eXIf", exif(orientation))));
        for (byte[] source : sources) {
            for (Compression compression : List.of(
                    Compression.DEFAULT,
                    TO_PNG.withBounds(OptionalInt.of(60), OptionalInt.empty()),
                    Compression.DEFAULT.withMetadata(MetadataPolicy.KEEP))) {
                EncodedImage image = made(source, compression);
                assertThat(image.size()).isEqualTo(compression.over(new PixelSize(120, 80)));
                assertClose(corners(open(image.bytes())), RED, GREEN, BLUE);
            }
        }
    }

    @Test
    void clearPicturesLieOnWhite() throws IOException {
        BufferedImage clear = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        byte[] png = written(clear, "png");
        assertThat(open(made(png, TO_JPEG).bytes()).getRGB(32, 32) & 0xffffff).isEqualTo(0xffffff);
        assertThat(open(made(png, TO_PNG).bytes()).getRGB(32, 32) >>> 24).isZero();
        BufferedImage webp = open(
                made(png, Compression.DEFAULT.withFormat(TargetFormat.WEBP)).bytes());
        assertThat(webp.getRGB(32, 32) >>> 24).isZero();
    }

    @Test
    void webpKeepsItsColours() throws IOException {
        byte[] webp = made(written(quarters(96, 96), "png"), Compression.DEFAULT.withFormat(TargetFormat.WEBP))
                .bytes();
        assertClose(corners(open(webp)), RED, GREEN, BLUE);
        assertClose(corners(open(made(webp, TO_JPEG).bytes())), RED, GREEN, BLUE);
        assertClose(corners(open(made(webp, Compression.DEFAULT).bytes())), RED, GREEN, BLUE);
        for (int length = 20; length < webp.length; length += 41) {
            assertRefused(Arrays.copyOf(webp, length), "corrupt_image");
        }
    }

    @Test
    void animationsAreKeptAndSaySo() {
        byte[] gif = TestImages.animatedGif(3);
        for (Compression compression :
                List.of(Compression.DEFAULT, TO_JPEG, TO_PNG.withBounds(OptionalInt.of(5), OptionalInt.empty()))) {
            assertThat(result(gif, compression))
                    .isEqualTo(new EngineResult.Keep(new PixelSize(24, 16), "animated: kept as it is"));
        }
        for (int length = 14; length < gif.length - 1; length += 19) {
            assertRefused(Arrays.copyOf(gif, length), "corrupt_image");
        }
    }

    @Test
    void stillGifsConvertAndAreElseKept() throws IOException {
        byte[] gif = written(quarters(64, 48), "gif");
        assertThat(result(gif, Compression.DEFAULT)).isInstanceOf(EngineResult.Keep.class);
        BufferedImage seen = open(made(gif, TO_PNG).bytes());
        BufferedImage stock = open(gif);
        assertThat(seen.getRGB(0, 0, 64, 48, null, 0, 64)).isEqualTo(stock.getRGB(0, 0, 64, 48, null, 0, 64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "tiff"})
    void formatsThatAreNotWrittenAreCheckedAndKept(String format) throws IOException {
        byte[] bytes = written(quarters(64, 48), format);
        assertThat(result(bytes, Compression.DEFAULT)).isInstanceOf(EngineResult.Keep.class);
        assertClose(corners(open(made(bytes, TO_JPEG).bytes())), RED, GREEN, BLUE);
        assertRefused(Arrays.copyOf(bytes, bytes.length / 2), "corrupt_image");
    }

    @Test
    void boundsShrinkAndNeverEnlarge() throws IOException {
        byte[] source = jpeg(quarters(320, 200), 0.9f);
        Compression small = Compression.DEFAULT.withBounds(OptionalInt.of(100), OptionalInt.of(50));
        EngineResult.Encoded shrunk = (EngineResult.Encoded) result(source, small);
        assertThat(shrunk.resized()).isTrue();
        assertThat(shrunk.image().size()).isEqualTo(new PixelSize(80, 50));
        BufferedImage seen = open(shrunk.image().bytes());
        assertThat(seen.getWidth()).isEqualTo(80);
        assertClose(corners(seen), RED, GREEN, BLUE);
        Compression large = Compression.DEFAULT.withBounds(OptionalInt.of(1000), OptionalInt.empty());
        assertThat(((EngineResult.Encoded) result(source, large)).resized()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void metadataGoesOutAsItsPolicySays(TargetFormat format) {
        byte[] xmp = segment(
                0xe1,
                "http://ns.adobe.com/xap/1.0/\0",
                "<x tiff:Orientation=\"6\">ABOUT</x>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        byte[] source = withSegments(jpeg(quarters(96, 64), 0.9f), segment(0xe1, "Exif\0\0", exif(6)), xmp);
        Compression to = Compression.DEFAULT.withFormat(format);
        byte[] stripped = made(source, to).bytes();
        assertThat(says(stripped)).isEqualTo("");
        assertThat(says(made(source, to.withMetadata(MetadataPolicy.COPYRIGHT)).bytes()))
                .isEqualTo("copyright ");
        assertThat(says(made(source, to.withMetadata(MetadataPolicy.KEEP)).bytes()))
                .isEqualTo("copyright gps xmp ");
        assertThat(dev.halftone.adapters.imaging.container.ImageHeader.read(
                                new SourceImage(
                                        ImageFormat.sniff(stripped).orElseThrow(),
                                        made(source, to.withMetadata(MetadataPolicy.KEEP))
                                                .bytes()),
                                ImageLimits.DEFAULT)
                        .orElseThrow()
                        .orientation())
                .isEqualTo(1);
    }

    @Test
    void nothingIsEverLargerThanItsSource() {
        EngineChain chain = new EngineChain(List.of(ENGINE), new ContainerOriginalKeeper(), System::nanoTime);
        for (String format : List.of("jpeg", "png", "gif", "bmp", "webp")) {
            byte[] source = "jpeg".equals(format) ? jpeg(quarters(64, 64), 0.3f) : written(quarters(64, 64), format);
            EngineChain.Compressed first = chain.compress(
                    new SourceImage(ImageFormat.sniff(source).orElseThrow(), source),
                    Compression.DEFAULT.withQuality(100),
                    ImageLimits.DEFAULT);
            assertThat(first.image().bytes().length).as(format).isLessThanOrEqualTo(source.length);
        }
    }

    private static int[] zigzag(int[] natural) {
        int[] order = new int[64];
        for (int i = 0; i < 64; i++) {
            order[i] = i + 1;
        }
        // A table of its own positions tells where each one goes.
        int[] out = new int[64];
        for (int i = 0; i < 64; i++) {
            int[] probe = new int[64];
            probe[i] = 255;
            int[] landed = IjgTables.coarser(new int[64], probe);
            for (int at = 0; at < 64; at++) {
                if (landed[at] == 255) {
                    out[i] = natural[at];
                }
            }
        }
        return out;
    }

    /// What a camera held that way would have stored.
    static BufferedImage stored(BufferedImage upright, int orientation) {
        int w = upright.getWidth();
        int h = upright.getHeight();
        boolean swapped = orientation >= 5;
        BufferedImage out = new BufferedImage(swapped ? h : w, swapped ? w : h, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int sx = List.of(x, w - 1 - x, w - 1 - x, x, y, y, h - 1 - y, h - 1 - y)
                        .get(orientation - 1);
                int sy = List.of(y, y, h - 1 - y, h - 1 - y, x, w - 1 - x, w - 1 - x, x)
                        .get(orientation - 1);
                out.setRGB(sx, sy, upright.getRGB(x, y));
            }
        }
        return out;
    }

    private static String says(byte[] bytes) {
        return (TestImages.contains(bytes, "(c) Example") ? "copyright " : "")
                + (TestImages.contains(bytes, "SECRET-PLACE") ? "gps " : "")
                + (TestImages.contains(bytes, "tiff:Orientation=\"1\">ABOUT") ? "xmp " : "");
    }
}
