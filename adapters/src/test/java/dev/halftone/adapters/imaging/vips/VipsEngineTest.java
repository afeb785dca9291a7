package dev.halftone.adapters.imaging.vips;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.inspect.PictureInspector;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.similarity.Rgb;
import dev.halftone.adapters.imaging.similarity.Ssimulacra2;
import dev.halftone.domain.asset.ImageInspector;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The engine on libvips, on pictures made here.
class VipsEngineTest {
    private static final byte[] PHOTO = TestImages.jpeg(TestImages.quarters(320, 240), 0.95f);

    @BeforeAll
    static void isNeeded() {
        Vips.library();
    }

    private static byte[] avif() {
        return Vips.made(PHOTO, Vips.TO_AVIF.withQuality(80)).bytes();
    }

    private static byte[] heic() throws IOException {
        try (InputStream in = VipsEngine.class.getResourceAsStream("grey16.heic")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static double likeness(Picture.Colour a, Picture.Colour b) {
        return Ssimulacra2.of(new Rgb(a.width(), a.height(), a.argb()), new Rgb(b.width(), b.height(), b.argb()));
    }

    private static Compression bounded(Compression compression, int width) {
        return compression.withBounds(OptionalInt.of(width), OptionalInt.empty());
    }

    // --- AVIF and HEIC

    @Test
    void writesAvifThatIsSmallerAndAlike() {
        EncodedImage made = Vips.made(PHOTO, Vips.TO_AVIF);

        assertThat(ImageFormat.sniff(made.bytes())).contains(ImageFormat.AVIF);
        assertThat(made.size()).isEqualTo(new PixelSize(320, 240));
        assertThat(made.bytes().length).isLessThan(PHOTO.length / 4);
        assertThat(likeness(Vips.seen(PHOTO), Vips.seen(made.bytes()))).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void turnsAvifIntoTheOtherFormats(TargetFormat format) {
        byte[] avif = avif();

        EncodedImage made =
                Vips.made(avif, Compression.DEFAULT.withFormat(format).withQuality(90));

        assertThat(ImageFormat.sniff(made.bytes()).orElseThrow().wire()).isEqualTo(format.wire());
        assertThat(likeness(Vips.seen(avif), Vips.seen(made.bytes()))).isGreaterThan(70);
    }

    @Test
    void losslessAvifChangesNoPixelOrSaysByHowMuch() {
        BufferedImage picture = TestImages.quarters(64, 48);
        byte[] png = TestImages.written(picture, "png");

        EncodedImage made = Vips.made(png, Vips.TO_AVIF.withTarget(new CompressionTarget.Lossless()));

        int[] seen = Vips.seen(made.bytes()).argb();
        int[] drawn = picture.getRGB(0, 0, 64, 48, null, 0, 64);
        int most = 0;
        for (int i = 0; i < seen.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                most = Math.max(most, Math.abs((seen[i] >> shift & 255) - (drawn[i] >> shift & 255)));
            }
        }
        assertThat(most).isLessThanOrEqualTo(6);
        assertThat(made.notes())
                .isEqualTo(
                        most == 0
                                ? List.of()
                                : List.of("quality=lossless: this libvips rounds AVIF colours, by " + most
                                        + " of 255 at most"));
    }

    @Test
    void avifMeetsATargetInBytes() {
        byte[] made = Vips.made(PHOTO, Vips.TO_AVIF.withTarget(new CompressionTarget.ToBytes(6_000)))
                .bytes();

        assertThat(made.length).isBetween(4_000, 6_000);
    }

    @Test
    void avifMeetsATargetInLikeness() {
        byte[] made = Vips.made(PHOTO, Vips.TO_AVIF.withTarget(new CompressionTarget.ToSsim(0.9)))
                .bytes();

        assertThat(LumaSimilarity.between(Vips.seen(PHOTO), Vips.seen(made))).isGreaterThan(0.9);
        assertThat(made.length)
                .isLessThan(Vips.made(PHOTO, Vips.TO_AVIF.withQuality(95)).bytes().length);
    }

    @Test
    void avifKeepsWhatIsClear() {
        BufferedImage clear = TestImages.quarters(64, 48, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 48; y++) {
            for (int x = 32; x < 64; x++) {
                clear.setRGB(x, y, 0);
            }
        }
        byte[] avif = Vips.made(TestImages.written(clear, "png"), Vips.TO_AVIF.withQuality(80))
                .bytes();

        Picture.Colour seen = Vips.seen(avif);
        assertThat(seen.argb()[10 * 64 + 10] >>> 24).isEqualTo(255);
        assertThat(seen.argb()[10 * 64 + 50] >>> 24).isLessThan(8);
    }

    @Test
    void readsHeic() throws IOException {
        Picture.Colour seen = Vips.seen(heic());

        assertThat(new PixelSize(seen.width(), seen.height())).isEqualTo(new PixelSize(16, 16));
        assertThat((double) (seen.argb()[100] & 255)).isCloseTo(128, within(4.0));
    }

    /// A format that is read but not written stays, as GIF and TIFF do.
    @Test
    void heicIsPassedOnWhereNoFormatIsNamed() throws IOException {
        assertThat(Vips.result(heic(), Compression.DEFAULT))
                .isInstanceOfSatisfying(
                        EngineResult.Keep.class, keep -> assertThat(keep.note()).startsWith("heic is not written"));
    }

    /// What the other engine alone can do, on a picture that libvips alone reads.
    @Test
    void targetsInBytesHoldForPicturesReadHere() {
        EncodedImage made = Vips.made(
                avif(),
                Compression.DEFAULT.withFormat(TargetFormat.WEBP).withTarget(new CompressionTarget.ToBytes(1_500)));

        assertThat(made.format()).isEqualTo(ImageFormat.WEBP);
        assertThat(made.bytes().length).isBetween(1_000, 1_500);
    }

    /// What the other engine alone reads, as a format that libvips alone writes.
    @ParameterizedTest
    @ValueSource(strings = {"gif", "bmp"})
    void formatsReadByTheOtherBecomeAvifToo(String format) {
        byte[] source = TestImages.written(TestImages.quarters(64, 48, BufferedImage.TYPE_BYTE_INDEXED), format);

        EncodedImage made = Vips.made(source, Vips.TO_AVIF.withQuality(90));

        assertThat(made.format()).isEqualTo(ImageFormat.AVIF);
        assertThat(likeness(Vips.seen(Vips.made(Vips.AWT, source, Vips.TO_PNG).bytes()), Vips.seen(made.bytes())))
                .isGreaterThan(60);
    }

    @Test
    void anAnimationIsNotFlattenedIntoAvif() {
        byte[] gif = TestImages.animatedGif(3);

        assertThat(Vips.result(gif, Vips.TO_AVIF)).isInstanceOf(EngineResult.Declined.class);
        assertThat(Vips.CHAIN
                        .compress(Vips.source(gif), Vips.TO_AVIF, ImageLimits.DEFAULT)
                        .keptOriginal())
                .isTrue();
    }

    // --- metadata

    @ParameterizedTest
    @CsvSource({"STRIP, false, false", "COPYRIGHT, true, false", "KEEP, true, true"})
    void metadataGoesOutByPolicyAlone(MetadataPolicy policy, boolean copyright, boolean place) {
        byte[] source = TestImages.withSegments(PHOTO, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6)));
        for (TargetFormat format : List.of(TargetFormat.AVIF, TargetFormat.WEBP, TargetFormat.PNG, TargetFormat.JPEG)) {
            EncodedImage made = Vips.made(
                    source, bounded(Compression.DEFAULT, 120).withFormat(format).withMetadata(policy));

            assertThat(made.size()).as("turned upright").isEqualTo(new PixelSize(120, 160));
            assertThat(TestImages.contains(made.bytes(), "(c) Example"))
                    .as("%s", format)
                    .isEqualTo(copyright);
            // Bytes that no entry of the block points at do not survive libvips, which writes AVIF's anew.
            assertThat(TestImages.contains(made.bytes(), "SECRET-PLACE"))
                    .as("%s", format)
                    .isEqualTo(place && format != TargetFormat.AVIF);
        }
    }

    @Test
    void aKeptAvifLosesItsMetadataToo() {
        byte[] source = TestImages.withSegments(PHOTO, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(1)));
        byte[] told = Vips.made(
                        source, Vips.TO_AVIF.withMetadata(MetadataPolicy.KEEP).withQuality(10))
                .bytes();
        assertThat(TestImages.contains(told, "Ann Otto")).isTrue();

        EngineChain.Compressed kept =
                Vips.CHAIN.compress(Vips.source(told), Compression.DEFAULT.withQuality(100), ImageLimits.DEFAULT);

        assertThat(kept.keptOriginal()).isTrue();
        assertThat(TestImages.contains(kept.image().bytes(), "Ann Otto")).isFalse();
        assertThat(Vips.seen(kept.image().bytes()).argb())
                .isEqualTo(Vips.seen(told).argb());
    }

    // --- what is refused

    @Test
    void everyCutThroughAnAvifIsRefused() {
        byte[] avif = avif();
        for (int length = 40; length < avif.length; length += avif.length / 40) {
            byte[] cut = Arrays.copyOf(avif, length);
            assertThatThrownBy(() -> Vips.result(cut, Vips.TO_PNG))
                    .as("%d of %d bytes", cut.length, avif.length)
                    .isInstanceOfSatisfying(
                            HalftoneException.class,
                            e -> assertThat(e.failure().code())
                                    .isIn(FailureCode.CORRUPT_IMAGE, FailureCode.UNSUPPORTED_FORMAT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void whatLibvipsFindsBrokenIsLeftToTheOther(String format) {
        byte[] whole = TestImages.written(TestImages.quarters(320, 240), format);
        byte[] broken = whole.clone();
        Arrays.fill(broken, whole.length / 2, whole.length / 2 + 400, (byte) 0);
        Compression small = bounded(Compression.DEFAULT, 100).withFormat(TargetFormat.WEBP);

        try {
            assertThat(Vips.result(broken, small)).isInstanceOf(EngineResult.class);
        } catch (HalftoneException e) {
            assertThat(e.failure().code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
        }
    }

    @Test
    void pixelsAreCountedBeforeTheyAreMade() {
        byte[] avif = avif();
        ImageLimits limits = ImageLimits.DEFAULT.withMaxPixels(320 * 240 - 1);

        assertThatThrownBy(() -> Vips.ENGINE.compress(Vips.source(avif), Vips.TO_PNG, limits))
                .hasMessageStartingWith("too_many_pixels");
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30000' height='30000'/>".getBytes(UTF_8);
        assertThatThrownBy(() -> Vips.result(svg, Vips.TO_PNG)).hasMessageStartingWith("too_many_pixels");
    }

    @Test
    void theDeadlineEndsLongWork() {
        byte[] large = TestImages.written(TestImages.quarters(3000, 2000), "png");
        ImageLimits hurried = new ImageLimits(100L << 20, 50_000_000, 16_383, Duration.ofMillis(150));
        Pipeline slow = new Pipeline(List.of(new Operation.Blur(60)), Vips.TO_PNG);

        assertThatThrownBy(() -> Vips.ENGINE.run(Vips.source(large), slow, Map.of(), hurried))
                .hasMessageStartingWith("processing_timeout");
    }

    // --- which engine

    @Test
    void withoutALibraryTheReasonIsSaidAndTheRestWorks() {
        VipsEngine off = new VipsEngine("off", EngineChoice.FASTER, Vips.AWT, LumaSimilarity::between);
        VipsEngine nowhere = new VipsEngine("/nowhere/at/all.so", EngineChoice.FASTER, Vips.AWT, (a, b) -> 1);
        EngineChain chain = new EngineChain(
                List.of(off, Vips.AWT),
                (source, shown, policy) -> {
                    throw new AssertionError("nothing is kept here");
                },
                System::nanoTime);

        assertThatThrownBy(() -> chain.compress(Vips.source(PHOTO), Vips.TO_AVIF, ImageLimits.DEFAULT))
                .hasMessageStartingWith("unsupported_format")
                .hasMessageContaining("vips: switched off")
                .hasMessageContaining("ask for webp");
        assertThatThrownBy(() -> chain.compress(Vips.source(avif()), Vips.TO_PNG, ImageLimits.DEFAULT))
                .hasMessageStartingWith("unsupported_format");
        assertThat(chain.compress(Vips.source(PHOTO), bounded(Compression.DEFAULT, 100), ImageLimits.DEFAULT)
                        .image()
                        .size())
                .isEqualTo(new PixelSize(100, 75));
        assertThat(VipsEngine.isActive("/nowhere/at/all.so")).isFalse();
        assertThat(VipsEngine.report("/nowhere/at/all.so")).contains("/nowhere/at/all.so");
        assertThat(nowhere.compress(Vips.source(PHOTO), Vips.TO_AVIF, ImageLimits.DEFAULT))
                .isInstanceOf(EngineResult.Declined.class);
    }

    /// The mark's format is read here only, everything else is the other engine's.
    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "avif"})
    void aMarkMayBeAnAvif(String format) {
        BufferedImage base = TestImages.quarters(200, 100);
        byte[] jpeg = TestImages.jpeg(base, 0.95f);
        SourceImage source = Vips.source(
                switch (format) {
                    case "png" -> TestImages.written(base, "png");
                    case "jpeg" -> jpeg;
                    default -> Vips.made(jpeg, Vips.TO_AVIF).bytes();
                });
        BufferedImage plain = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        plain.createGraphics().fillRect(0, 0, 64, 32);
        byte[] mark = Vips.made(TestImages.written(plain, "png"), Vips.TO_AVIF).bytes();
        Operation lay = new Operation.PictureMark("m", new Operation.Placement(new Gravity(0, 0), 1, 0, false), 0.5);
        EngineChain chain = new EngineChain(
                List.of(new VipsEngine("auto", EngineChoice.FASTER, Vips.AWT, LumaSimilarity::between), Vips.AWT),
                (whole, shown, policy) -> {
                    throw new AssertionError("nothing is kept here");
                },
                System::nanoTime);

        EncodedImage made = chain.run(
                        source,
                        new Pipeline(List.of(lay), Vips.TO_PNG),
                        Map.of("m", Vips.source(mark)),
                        ImageLimits.DEFAULT)
                .image();

        Picture.Colour seen = Vips.seen(made.bytes());
        assertThat(seen.argb()[25 * 200 + 50] & 0xff).isGreaterThan(245);
        assertThat(seen.argb()[25 * 200 + 150] & 0xff).isLessThan(60);
        assertThat(seen.argb()[75 * 200 + 50] >> 16 & 0xff).isLessThan(60);
    }

    @Test
    void tellsTheSizeOfWhatItAloneReads() {
        assertThat(Vips.HEADERS.heif(Vips.source(avif()), ImageLimits.DEFAULT)).isPresent();
        assertThat(Vips.HEADERS.heif(Vips.source(PHOTO), ImageLimits.DEFAULT)).isEmpty();
        assertThatThrownBy(() -> Vips.HEADERS.heif(Vips.source(Arrays.copyOf(avif(), 40)), ImageLimits.DEFAULT))
                .hasMessageStartingWith("corrupt_image");
        assertThat(VipsEngine.written("auto")).contains(ImageFormat.AVIF);
        assertThat(VipsEngine.written("off")).isEmpty();
    }

    /// As an upload is.
    @Test
    void whatItReadsCanBeInspected() {
        PictureInspector inspector = new PictureInspector(Vips.ENGINE, Vips.HEADERS::heif);
        ImageInspector.Inspected seen = inspector.inspect(Vips.source(avif()), ImageLimits.DEFAULT);

        assertThat(seen.facts().look()).isPresent();
        assertThat(inspector.hash(Vips.source(avif()), ImageLimits.DEFAULT))
                .contains(seen.facts().look().orElseThrow().hash());
        assertThatThrownBy(() -> new PictureInspector().inspect(Vips.source(avif()), ImageLimits.DEFAULT))
                .hasMessageStartingWith("unsupported_format");
    }

    @Test
    void takesWhatItIsFasterAtAndNothingElse() {
        VipsEngine engine = new VipsEngine("auto", EngineChoice.FASTER, Vips.AWT, LumaSimilarity::between);
        SourceImage png = Vips.source(TestImages.written(TestImages.quarters(400, 300), "png"));
        ImageLimits limits = ImageLimits.DEFAULT;

        assertThat(engine.compress(png, Compression.DEFAULT, limits)).isInstanceOf(EngineResult.Declined.class);
        assertThat(engine.compress(png, Compression.DEFAULT.withFormat(TargetFormat.WEBP), limits))
                .isInstanceOf(EngineResult.Declined.class);
        assertThat(engine.compress(Vips.source(PHOTO), bounded(Compression.DEFAULT, 100), limits))
                .isInstanceOf(EngineResult.Declined.class);
        assertThat(engine.compress(png, bounded(Compression.DEFAULT, 100), limits))
                .isInstanceOf(EngineResult.Encoded.class);
    }

    /// The stated distance between the engines: SSIMULACRA 2 of at least 75 on what was made smaller.
    @ParameterizedTest
    @CsvSource({"png, 400", "png, 150", "jpeg, 400", "jpeg, 90", "gif, 200"})
    void bothEnginesMakeTheSameSmallPicture(String format, int width) {
        BufferedImage large = TestImages.quarters(900, 640);
        byte[] source = format.equals("jpeg") ? TestImages.jpeg(large, 0.95f) : TestImages.written(large, format);
        Compression small = bounded(Vips.TO_PNG, width);
        EngineResult ours = Vips.result(source, small);
        EncodedImage theirs = Vips.made(Vips.AWT, source, small);

        if (format.equals("gif")) {
            assertThat(ours).isInstanceOf(EngineResult.Declined.class);
            return;
        }
        Picture.Colour a = Vips.seen(((EngineResult.Encoded) ours).image().bytes());
        assertThat(likeness(Vips.seen(theirs.bytes()), a)).isGreaterThan(75);
    }
}
