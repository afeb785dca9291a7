package dev.halftone.adapters.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pixel engine through the chain it works in, on pictures made here.
class PixelEngineTest {
    private static final EngineChain CHAIN =
            new EngineChain(List.of(new AwtEngine()), new ContainerOriginalKeeper(), System::nanoTime);

    private static EngineChain.Compressed compress(byte[] bytes, Compression compression) {
        return CHAIN.compress(
                new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes), compression, ImageLimits.DEFAULT);
    }

    private static EncodedImage image(byte[] bytes) {
        EngineChain.Compressed made = compress(bytes, Compression.DEFAULT);
        assertThat(made.keptOriginal()).isFalse();
        return made.image();
    }

    private static FailureCode failure(byte[] bytes) {
        return Objects.requireNonNull(
                        catchThrowableOfType(HalftoneException.class, () -> compress(bytes, Compression.DEFAULT)))
                .failure()
                .code();
    }

    private static BufferedImage decoded(EncodedImage image) throws IOException {
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(image.bytes())));
    }

    private static int channelDistance(int one, int other) {
        int most = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            most = Math.max(most, Math.abs((one >> shift & 255) - (other >> shift & 255)));
        }
        return most;
    }

    @Test
    void writesTheTablesOfTheIjgAtThatQuality() throws IOException {
        byte[] source = TestPictures.jpeg(TestPictures.photo(320, 240, BufferedImage.TYPE_INT_RGB), 1);

        int[][] fifty = JpegFile.parse(image(source).bytes()).quantTables();
        int[][] seventyFive = JpegFile.parse(compress(source, Compression.DEFAULT.withQuality(75))
                        .image()
                        .bytes())
                .quantTables();

        assertThat(Arrays.copyOf(fifty[0], 8)).containsExactly(16, 11, 12, 14, 12, 10, 16, 14);
        assertThat(Arrays.copyOf(fifty[1], 8)).containsExactly(17, 18, 18, 24, 21, 24, 47, 26);
        assertThat(Arrays.copyOf(seventyFive[0], 8)).containsExactly(8, 6, 6, 7, 6, 5, 8, 7);
    }

    @Test
    void neverQuantisesFinerThanTheSource() throws IOException {
        byte[] coarse = TestPictures.jpeg(TestPictures.photo(320, 240, BufferedImage.TYPE_INT_RGB), 0.2f);
        int[] sourceSteps = JpegFile.parse(coarse).quantTables()[0];

        EngineChain.Compressed made = compress(coarse, Compression.DEFAULT.withQuality(90));

        assertThat(made.image().bytes().length).isLessThanOrEqualTo(coarse.length);
        assertThat(JpegFile.parse(made.image().bytes()).quantTables()[0]).isEqualTo(sourceSteps);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsThePixelsUpright(int orientation) throws IOException {
        byte[] source = TestPictures.withExif(
                TestPictures.jpeg(TestPictures.photo(160, 96, BufferedImage.TYPE_INT_RGB), 0.98f), orientation);
        BufferedImage stored = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(source)));

        EncodedImage made = image(source);
        BufferedImage upright = decoded(made);

        assertThat(made.size()).isEqualTo(orientation >= 5 ? new PixelSize(96, 160) : new PixelSize(160, 96));
        assertThat(JpegFile.parse(made.bytes()).metadata().isEmpty()).isTrue();
        int x = 20;
        int y = 30;
        int w = upright.getWidth() - 1;
        int h = upright.getHeight() - 1;
        int from = switch (orientation) {
            case 2 -> stored.getRGB(w - x, y);
            case 3 -> stored.getRGB(w - x, h - y);
            case 4 -> stored.getRGB(x, h - y);
            case 5 -> stored.getRGB(y, x);
            case 6 -> stored.getRGB(y, w - x);
            case 7 -> stored.getRGB(h - y, w - x);
            case 8 -> stored.getRGB(h - y, x);
            default -> stored.getRGB(x, y);
        };
        assertThat(channelDistance(upright.getRGB(x, y), from)).isLessThan(40);
    }

    @Test
    void keepsGreyGrey() throws IOException {
        BufferedImage grey = new BufferedImage(256, 64, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            for (int y = 0; y < 64; y++) {
                grey.getRaster().setSample(x, y, 0, x);
            }
        }
        BufferedImage made = decoded(image(TestPictures.jpeg(grey, 1)));

        assertThat(made.getRaster().getNumBands()).isEqualTo(1);
        for (int x = 8; x < 256; x += 16) {
            assertThat(made.getRaster().getSample(x, 32, 0)).isBetween(x - 6, x + 6);
        }
    }

    @Test
    void refusesATruncatedFileOfEveryFormat() throws IOException {
        BufferedImage photo = TestPictures.photo(200, 150, BufferedImage.TYPE_INT_RGB);
        for (byte[] whole : List.of(
                TestPictures.jpeg(photo, 0.9f),
                TestPictures.encoded(photo, "png"),
                TestPictures.encoded(photo, "gif"),
                TestPictures.encoded(photo, "bmp"))) {
            assertThat(failure(Arrays.copyOf(whole, whole.length * 2 / 3)))
                    .as(ImageFormat.sniff(whole).toString())
                    .isEqualTo(FailureCode.CORRUPT_IMAGE);
        }
    }

    @Test
    void refusesByTheHeaderWhatIsTooLarge() throws IOException {
        byte[] png = TestPictures.encoded(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), "png");
        byte[] bomb = png.clone();
        bomb[16] = 0;
        bomb[17] = 0;
        bomb[18] = 0x30;
        bomb[22] = 0x30;
        byte[] header = Arrays.copyOfRange(bomb, 16, 29);
        byte[] chunk = PngFile.chunk("IHDR", header);
        System.arraycopy(chunk, 0, bomb, 8, chunk.length);

        assertThat(failure(bomb)).isEqualTo(FailureCode.TOO_MANY_PIXELS);
    }

    @Test
    void givesAPngAPalette() throws IOException {
        byte[] source = TestPictures.encoded(TestPictures.photo(300, 200, BufferedImage.TYPE_INT_RGB), "png");

        EncodedImage made = image(source);
        BufferedImage shown = decoded(made);

        assertThat(made.bytes().length).isLessThan(source.length / 3);
        assertThat(PngFile.parse(made.bytes()).dataOf("PLTE")).isPresent();
        assertThat(channelDistance(shown.getRGB(250, 20), new java.awt.Color(30, 180, 40).getRGB()))
                .isLessThan(24);
    }

    @Test
    void needsMoreColoursForMoreQuality() throws IOException {
        byte[] source = TestPictures.encoded(TestPictures.photo(300, 200, BufferedImage.TYPE_INT_RGB), "png");
        int before = 0;
        for (int quality : new int[] {10, 50, 80}) {
            byte[] made = compress(source, Compression.DEFAULT.withQuality(quality))
                    .image()
                    .bytes();
            int colours = PngFile.parse(made).dataOf("PLTE").orElseThrow().length / 3;
            assertThat(colours).isBetween(before, 256);
            before = colours;
        }
    }

    @Test
    void keepsFewColoursExactly() throws IOException {
        BufferedImage flat = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        int[] colours = {0x00000000, 0xff112233, 0xffffffff, 0x80ff0000};
        for (int i = 0; i < 64 * 64; i++) {
            flat.setRGB(i % 64, i / 64, colours[(i / 7 + i / 640) % 4]);
        }
        byte[] source = TestPictures.encoded(flat, "png");

        BufferedImage made =
                decoded(compress(source, Compression.DEFAULT.withQuality(100)).image());

        for (int i = 0; i < 64 * 64; i++) {
            int expected = flat.getRGB(i % 64, i / 64);
            int found = made.getRGB(i % 64, i / 64);
            assertThat(expected >>> 24 == 0 ? found >>> 24 : found).isEqualTo(expected >>> 24 == 0 ? 0 : expected);
        }
    }

    @Test
    void keepsAlpha() throws IOException {
        BufferedImage glass = TestPictures.photo(200, 200, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 200; x++) {
                glass.setRGB(x, y, glass.getRGB(x, y) & 0xffffff | x * 255 / 199 << 24);
            }
        }
        byte[] source = TestPictures.encoded(glass, "png");

        BufferedImage png = decoded(image(source));
        BufferedImage webp = decoded(compress(source, Compression.DEFAULT.withFormat(TargetFormat.WEBP))
                .image());

        for (int x = 0; x < 200; x += 20) {
            assertThat(png.getRGB(x, 100) >>> 24).isBetween(x * 255 / 199 - 30, x * 255 / 199 + 30);
            assertThat(webp.getRGB(x, 100) >>> 24).isBetween(x * 255 / 199 - 12, x * 255 / 199 + 12);
        }
    }

    @Test
    void laysClearPartsOnWhiteForJpeg() throws IOException {
        BufferedImage clear = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(3, 3, 0xff0000ff);
        byte[] source = TestPictures.encoded(clear, "png");

        EngineChain.Compressed made = CHAIN.compress(
                new SourceImage(ImageFormat.PNG, Arrays.copyOf(source, source.length)),
                Compression.DEFAULT.withFormat(TargetFormat.JPEG).withBounds(OptionalInt.of(32), OptionalInt.empty()),
                ImageLimits.DEFAULT);

        assertThat(made.image().format()).isEqualTo(ImageFormat.JPEG);
        assertThat(channelDistance(decoded(made.image()).getRGB(25, 25), 0xffffffff))
                .isLessThan(4);
    }

    @Test
    void shrinksToTheBoundsAndNeverEnlarges() throws IOException {
        byte[] source = TestPictures.jpeg(TestPictures.photo(400, 300, BufferedImage.TYPE_INT_RGB), 0.95f);

        EncodedImage half = compress(source, Compression.DEFAULT.withBounds(OptionalInt.of(200), OptionalInt.empty()))
                .image();
        EncodedImage same = compress(source, Compression.DEFAULT.withBounds(OptionalInt.of(4000), OptionalInt.empty()))
                .image();

        assertThat(half.size()).isEqualTo(new PixelSize(200, 150));
        assertThat(decoded(half).getWidth()).isEqualTo(200);
        assertThat(same.size()).isEqualTo(new PixelSize(400, 300));
    }

    @Test
    void stripsMetadataButCarriesItWhenAsked() throws IOException {
        byte[] source = TestPictures.withExif(
                TestPictures.jpeg(TestPictures.photo(200, 150, BufferedImage.TYPE_INT_RGB), 0.95f), 6);

        String stripped = new String(image(source).bytes(), ISO_8859_1);
        String carried = new String(
                compress(source, Compression.DEFAULT.withMetadata(MetadataPolicy.KEEP))
                        .image()
                        .bytes(),
                ISO_8859_1);

        assertThat(stripped).doesNotContain("Exif", "SN7");
        assertThat(carried).contains("Exif", "SN7");
    }

    @Test
    void aKeptOriginalLosesItsSecretsButNotItsOrientation() throws IOException {
        byte[] tiny = TestPictures.jpeg(TestPictures.photo(40, 30, BufferedImage.TYPE_INT_RGB), 0.05f);
        byte[] tail = "<script>alert(1)</script>".getBytes(ISO_8859_1);
        byte[] source = TestPictures.withExif(tiny, 6);
        byte[] polyglot = Arrays.copyOf(source, source.length + tail.length);
        System.arraycopy(tail, 0, polyglot, source.length, tail.length);

        EngineChain.Compressed kept = compress(polyglot, Compression.DEFAULT.withMinSavings(99));
        String text = new String(kept.image().bytes(), ISO_8859_1);

        assertThat(kept.keptOriginal()).isTrue();
        assertThat(text).doesNotContain("SN7", "script");
        assertThat(kept.image().size()).isEqualTo(new PixelSize(30, 40));
        assertThat(compress(kept.image().bytes(), Compression.DEFAULT.withMinSavings(99))
                        .image()
                        .size())
                .as("the orientation is still there")
                .isEqualTo(new PixelSize(30, 40));
    }

    @Test
    void aCleanOriginalIsKeptByteForByte() throws IOException {
        byte[] source = TestPictures.jpeg(TestPictures.photo(40, 30, BufferedImage.TYPE_INT_RGB), 0.05f);

        EngineChain.Compressed kept = compress(source, Compression.DEFAULT.withMinSavings(99));

        assertThat(kept.keptOriginal()).isTrue();
        assertThat(kept.image().bytes()).isEqualTo(source);
    }

    @Test
    void leavesGifsAsTheyAreAndConvertsThemWhenAsked() throws IOException {
        byte[] gif = TestPictures.encoded(TestPictures.photo(120, 80, BufferedImage.TYPE_INT_RGB), "gif");

        assertThat(compress(gif, Compression.DEFAULT).keptOriginal()).isTrue();
        assertThat(compress(gif, Compression.DEFAULT.withFormat(TargetFormat.JPEG))
                        .image()
                        .format())
                .isEqualTo(ImageFormat.JPEG);
    }

    @Test
    void sayWhichFormatsAreNotDecoded() {
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(ISO_8859_1);

        assertThat(failure(svg)).isEqualTo(FailureCode.UNSUPPORTED_FORMAT);
    }

    @Test
    void damageNeverEscapesAsAnythingElse() throws IOException {
        BufferedImage photo = TestPictures.photo(60, 40, BufferedImage.TYPE_INT_RGB);
        java.util.Random random = new java.util.Random(11);
        for (byte[] whole : List.of(
                TestPictures.jpeg(photo, 0.9f),
                TestPictures.encoded(photo, "png"),
                TestPictures.encoded(photo, "gif"),
                TestPictures.encoded(photo, "bmp"))) {
            for (int round = 0; round < 150; round++) {
                byte[] damaged = whole.clone();
                for (int i = 0; i < 4; i++) {
                    damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt(256);
                }
                try {
                    compress(damaged, Compression.DEFAULT);
                } catch (HalftoneException typed) {
                    assertThat(typed.failure().detail()).isNotBlank();
                }
            }
        }
    }
}
