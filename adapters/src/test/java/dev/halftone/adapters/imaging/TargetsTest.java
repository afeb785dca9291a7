package dev.halftone.adapters.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each target promises, through the chain, with pictures made here.
class TargetsTest {
    private static final EngineChain CHAIN =
            new EngineChain(List.of(new AwtEngine()), new ContainerOriginalKeeper(), System::nanoTime);

    private static EngineChain.Compressed compress(byte[] bytes, Compression compression) {
        return CHAIN.compress(
                new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes), compression, ImageLimits.DEFAULT);
    }

    private static Compression to(CompressionTarget target) {
        return Compression.DEFAULT.withTarget(target);
    }

    private static Compression share(double share) {
        return to(new CompressionTarget.ToRatio(share));
    }

    private static Compression lossless() {
        return to(new CompressionTarget.Lossless());
    }

    /// Waves of all lengths, the long ones strong as in photographs, over a coloured slope with a sharp edge:
    /// its bytes grow evenly with quality, as those of even noise do not.
    private static BufferedImage waves() {
        BufferedImage image = new BufferedImage(360, 270, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(11);
        double[][] waves = new double[40][];
        for (int i = 0; i < waves.length; i++) {
            double pace = 0.02 * Math.pow(100, random.nextDouble());
            double way = 2 * Math.PI * random.nextDouble();
            waves[i] = new double[] {pace * Math.cos(way), pace * Math.sin(way), 7 * random.nextDouble(), 1.2 / pace};
        }
        for (int y = 0; y < 270; y++) {
            for (int x = 0; x < 360; x++) {
                double tone = x + y > 300 ? 90 : 130;
                for (double[] wave : waves) {
                    tone += Math.min(12, wave[3]) * Math.sin(wave[0] * x + wave[1] * y + wave[2]);
                }
                int light = (int) Math.clamp(tone + 3 * random.nextGaussian(), 0, 200);
                image.setRGB(x, y, light + x / 8 << 16 | light + y / 10 << 8 | light + 20);
            }
        }
        return image;
    }

    private static byte[] photo(String format) throws IOException {
        BufferedImage picture = waves();
        return switch (format) {
            case "jpeg" -> TestPictures.jpeg(picture, 0.95f);
            case "png" -> TestPictures.encoded(picture, "png");
            default ->
                compress(
                                TestPictures.encoded(picture, "png"),
                                Compression.DEFAULT
                                        .withFormat(TargetFormat.WEBP)
                                        .withQuality(95))
                        .image()
                        .bytes();
        };
    }

    private static BufferedImage decoded(byte[] bytes) throws IOException {
        return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes)));
    }

    /// A white word with soft edges on nothing, over a shadow: many alphas, few colours.
    private static BufferedImage logo() {
        BufferedImage image = new BufferedImage(240, 120, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        for (int i = 0; i < 12; i++) {
            graphics.drawOval(4 + 9 * i, 8 + 3 * i, 90, 60);
        }
        graphics.dispose();
        return image;
    }

    private static void assertSamePicture(byte[] one, byte[] other) throws IOException {
        BufferedImage a = decoded(one);
        BufferedImage b = decoded(other);
        assertThat(b.getWidth()).isEqualTo(a.getWidth());
        assertThat(b.getHeight()).isEqualTo(a.getHeight());
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                int seen = a.getRGB(x, y) >>> 24 == 0 ? 0 : a.getRGB(x, y);
                assertThat(b.getRGB(x, y) >>> 24 == 0 ? 0 : b.getRGB(x, y))
                        .as("pixel %d, %d", x, y)
                        .isEqualTo(seen);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"jpeg, 0.6", "jpeg, 0.3", "jpeg, 0.15", "png, 0.5", "png, 0.2", "webp, 0.6", "webp, 0.25"})
    void fillsAShareOfTheBytesAndNeverMore(String format, double share) throws IOException {
        byte[] source = photo(format);

        EngineChain.Compressed made = compress(source, share(share));

        assertThat(made.image().format().wire()).isEqualTo(format);
        assertThat(made.image().notes()).isEmpty();
        double filled = made.image().bytes().length / (share * source.length);
        // libwebp's steps are wide, and a palette has whole colours only.
        assertThat(filled)
                .isBetween(
                        switch (format) {
                            case "jpeg" -> 0.95;
                            case "webp" -> 0.85;
                            default -> 0.7;
                        },
                        1.0);
        assertThat(decoded(made.image().bytes()).getWidth()).isEqualTo(360);
    }

    @ParameterizedTest
    @CsvSource({"jpeg, jpeg", "png, jpeg", "jpeg, webp", "png, webp", "webp, jpeg"})
    void fillsANumberOfBytesOfAShrunkOrConvertedPicture(String from, String format) throws IOException {
        Compression compression = to(new CompressionTarget.ToBytes(6_000))
                .withFormat(TargetFormat.ofWire(format).orElseThrow())
                .withBounds(OptionalInt.of(300), OptionalInt.empty());

        EngineChain.Compressed made = compress(photo(from), compression);

        assertThat(made.image().notes()).isEmpty();
        assertThat(made.image().bytes().length).isBetween(5_300, 6_000);
        assertThat(decoded(made.image().bytes()).getWidth()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "webp"})
    void deliversTheSmallestThereIsWhereATargetIsOutOfReach(String format) throws IOException {
        byte[] source = photo(format);

        EngineChain.Compressed made = compress(source, to(new CompressionTarget.ToBytes(90)));

        int bytes = made.image().bytes().length;
        assertThat(bytes).isGreaterThan(90).isLessThan(source.length / 4);
        assertThat(made.image().notes())
                .singleElement()
                .asString()
                .startsWith("targetBytes=90 not reachable: %,d bytes is the smallest".formatted(bytes));
        assertThat(bytes)
                .isLessThanOrEqualTo(compress(source, Compression.DEFAULT.withQuality(1))
                        .image()
                        .bytes()
                        .length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "webp"})
    void leavesAnOriginalThatMeetsTheTargetUntouched(String format) throws IOException {
        byte[] source = photo(format);

        EngineChain.Compressed made = compress(source, to(new CompressionTarget.ToBytes(source.length)));

        assertThat(made.keptOriginal()).isTrue();
        assertThat(made.image().bytes()).isEqualTo(source);
        assertThat(made.image().notes()).singleElement().asString().contains("met by the original");
    }

    @Test
    void reducesADrawingsColoursOnlyForATargetThatNeedsIt() throws IOException {
        byte[] source = TestPictures.encoded(logo(), "png");
        int exact = compress(source, lossless()).image().bytes().length;
        assertThat(exact).isLessThan(source.length);

        EngineChain.Compressed fits = compress(source, to(new CompressionTarget.ToBytes(exact)));
        EngineChain.Compressed tight = compress(source, to(new CompressionTarget.ToBytes(exact * 9L / 10)));

        assertSamePicture(source, fits.image().bytes());
        assertThat(tight.image().bytes().length).isLessThanOrEqualTo(exact * 9 / 10);
        assertThat(tight.image().notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"jpeg, 0.9", "jpeg, 0.97", "png, 0.9", "png, 0.97", "webp, 0.9", "webp, 0.95"})
    void keepsTheSimilarityWithFewBytes(String format, double similarity) throws IOException {
        byte[] source = photo(format);

        EngineChain.Compressed made = compress(source, to(new CompressionTarget.ToSsim(similarity)));

        assertThat(made.image().notes()).isEmpty();
        assertThat(made.image().bytes().length).isLessThan(source.length);
        assertThat(PlainSsim.between(decoded(source), decoded(made.image().bytes())))
                .isBetween(similarity - 0.002, similarity + (format.equals("png") ? 0.09 : 0.03));
    }

    @Test
    void keepsTheSimilarityOfAWhiteDrawingOnNothing() throws IOException {
        byte[] source = TestPictures.encoded(logo(), "png");

        byte[] made =
                compress(source, to(new CompressionTarget.ToSsim(0.95))).image().bytes();

        assertThat(PlainSsim.between(onBlack(decoded(source)), onBlack(decoded(made))))
                .isGreaterThan(0.949);
    }

    private static BufferedImage onBlack(BufferedImage image) {
        BufferedImage flat = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = flat.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return flat;
    }

    @Test
    void keepsAJpegWhoseSimilarityNoQualityKeeps() throws IOException {
        byte[] source = photo("jpeg");

        EngineChain.Compressed made = compress(source, to(new CompressionTarget.ToSsim(0.999999)));

        assertThat(made.keptOriginal()).isTrue();
        assertThat(made.image().bytes()).isEqualTo(source);
    }

    @Test
    void saysHowNearItCameWhereAConvertedPictureCantBeThatSimilar() throws IOException {
        Compression compression = to(new CompressionTarget.ToSsim(0.999999))
                .withFormat(TargetFormat.JPEG)
                .withBounds(OptionalInt.of(200), OptionalInt.empty());

        EngineChain.Compressed made = compress(photo("png"), compression);

        assertThat(made.image().notes())
                .singleElement()
                .asString()
                .matches("targetSsim=0.999999 not reachable: 0\\.99\\d\\d is the best, at quality 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "webp"})
    void losesNothingWhenToldSo(String format) throws IOException {
        BufferedImage picture = TestPictures.photo(160, 120, BufferedImage.TYPE_INT_RGB);
        byte[] source = TestPictures.encoded(picture, "png");

        EngineChain.Compressed made = compress(
                source, lossless().withFormat(TargetFormat.ofWire(format).orElseThrow()));

        assertThat(made.keptOriginal()).isFalse();
        assertThat(made.image().bytes().length).isLessThan(source.length);
        assertThat(made.image().notes()).isEmpty();
        assertSamePicture(source, made.image().bytes());
    }

    @Test
    void losesNothingOfAPictureWithAlpha() throws IOException {
        byte[] source = TestPictures.encoded(logo(), "png");

        byte[] webp = compress(source, lossless().withFormat(TargetFormat.WEBP))
                .image()
                .bytes();

        assertSamePicture(source, webp);
        assertSamePicture(source, compress(source, lossless()).image().bytes());
    }

    @Test
    void keepsAJpegThatPixelsCouldOnlyHarm() throws IOException {
        byte[] source = photo("jpeg");

        EngineChain.Compressed made = compress(source, lossless());

        assertThat(made.image().bytes()).isEqualTo(source);
        assertThat(made.image().notes()).singleElement().asString().startsWith("quality=lossless");
    }

    @Test
    void saysThatAJpegIsNeverLossless() throws IOException {
        EngineChain.Compressed made = compress(
                photo("png"),
                lossless().withFormat(TargetFormat.JPEG).withBounds(OptionalInt.of(200), OptionalInt.empty()));

        assertThat(made.image().format()).isEqualTo(ImageFormat.JPEG);
        assertThat(made.image().notes()).singleElement().asString().contains("JPEG always rounds");
        assertThat(JpegFile.parse(made.image().bytes()).frame().components()).isEqualTo(3);
        assertThat(samplingOfLuma(made.image().bytes())).isEqualTo(0x11);
    }

    /// The horizontal and vertical factors of the first component, out of the frame header.
    private static int samplingOfLuma(byte[] jpeg) {
        for (int i = 2; i < jpeg.length; i++) {
            if ((jpeg[i] & 255) == 0xff && ((jpeg[i + 1] & 255) == 0xc0 || (jpeg[i + 1] & 255) == 0xc2)) {
                return jpeg[i + 11];
            }
        }
        throw new AssertionError("no frame header");
    }

    @Test
    void keepsSixteenBitsASampleWhenNothingMayBeLost() throws IOException {
        BufferedImage deep = new BufferedImage(40, 30, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 1200; i++) {
            deep.getRaster().setSample(i % 40, i / 40, 0, 50 * i);
        }
        byte[] source = TestPictures.encoded(deep, "png");

        EngineChain.Compressed made = compress(source, lossless());

        assertThat(made.keptOriginal()).isTrue();
        assertThat(made.image().notes()).singleElement().asString().contains("16 bits");
    }

    @Test
    void writesProgressiveJpegWhenAsked() throws IOException {
        Compression small = Compression.DEFAULT.withBounds(OptionalInt.of(200), OptionalInt.empty());
        Encoding progressive = new Encoding(Profile.STANDARD, Effort.FAST, true);

        byte[] plain = compress(photo("jpeg"), small).image().bytes();
        byte[] passes =
                compress(photo("jpeg"), small.withEncoding(progressive)).image().bytes();

        assertThat(isProgressive(plain)).isFalse();
        assertThat(isProgressive(passes)).isTrue();
        assertSamePicture(plain, passes);
    }

    private static boolean isProgressive(byte[] jpeg) {
        return JpegFile.parse(jpeg).frame().marker() == 0xc2;
    }

    @ParameterizedTest
    @ValueSource(strings = {"webp", "png"})
    void looksLongerForASmallerFileWhenAsked(String format) throws IOException {
        Compression usual = lossless().withFormat(TargetFormat.ofWire(format).orElseThrow());
        Encoding best = new Encoding(Profile.STANDARD, Effort.BEST, false);

        int fast = compress(photo("png"), usual).image().bytes().length;

        assertThat(compress(photo("png"), usual.withEncoding(best)).image().bytes().length)
                .isLessThanOrEqualTo(fast);
        assertThat(compress(
                                photo("png"),
                                Compression.DEFAULT
                                        .withFormat(TargetFormat.WEBP)
                                        .withEncoding(best))
                        .image()
                        .bytes()
                        .length)
                .isLessThan(compress(photo("png"), Compression.DEFAULT.withFormat(TargetFormat.WEBP))
                        .image()
                        .bytes()
                        .length);
    }
}
