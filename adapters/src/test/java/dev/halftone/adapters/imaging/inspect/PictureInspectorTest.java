package dev.halftone.adapters.imaging.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.domain.asset.ImageFacts;
import dev.halftone.domain.asset.ImageFacts.Swatch;
import dev.halftone.domain.asset.ImageFacts.Tag;
import dev.halftone.domain.asset.ImageInspector.Inspected;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PerceptualHash;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureInspectorTest {
    private final PictureInspector inspector = new PictureInspector();

    private Inspected inspect(byte[] bytes) {
        return inspector.inspect(new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes), ImageLimits.DEFAULT);
    }

    private PerceptualHash hash(byte[] bytes) {
        return inspect(bytes).facts().look().orElseThrow().hash();
    }

    /// Blobs of colour: a "photo" of which every seed gives another.
    private static BufferedImage photo(int seed, int width, int height) {
        BufferedImage large = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = large.createGraphics();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            graphics.setColor(new Color(random.nextInt(0x1000000)));
            graphics.fillOval(
                    random.nextInt(640) - 80,
                    random.nextInt(480) - 80,
                    60 + random.nextInt(200),
                    60 + random.nextInt(200));
        }
        graphics.dispose();
        if (width == 640 && height == 480) {
            return large;
        }
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D scaling = scaled.createGraphics();
        scaling.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        scaling.drawImage(large, 0, 0, width, height, null);
        scaling.dispose();
        return scaled;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void copiesInOtherSizesFormatsAndQualitiesLookAlike(int seed) {
        PerceptualHash original = hash(TestImages.jpeg(photo(seed, 640, 480), 0.95f));

        assertThat(original.distance(hash(TestImages.jpeg(photo(seed, 320, 240), 0.6f))))
                .isLessThanOrEqualTo(6);
        assertThat(original.distance(hash(TestImages.jpeg(photo(seed, 640, 480), 0.2f))))
                .isLessThanOrEqualTo(6);
        assertThat(original.distance(hash(TestImages.written(photo(seed, 600, 500), "png"))))
                .isLessThanOrEqualTo(6);
        assertThat(original.distance(hash(TestImages.written(photo(seed, 40, 30), "png"))))
                .isLessThanOrEqualTo(8);
        for (int other = 9; other < 17; other++) {
            assertThat(original.distance(hash(TestImages.written(photo(other, 320, 240), "png"))))
                    .as("photo %s and photo %s", seed, other)
                    .isGreaterThan(14);
        }
    }

    @Test
    void turnedCopiesAreShownUpright() {
        byte[] plain = TestImages.jpeg(photo(3, 320, 240), 0.9f);
        byte[] turned = TestImages.withSegments(plain, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6)));

        assertThat(inspect(turned).size()).isEqualTo(new PixelSize(240, 320));
        assertThat(hash(turned).distance(hash(plain))).isGreaterThan(14);
    }

    @Test
    void onePlainColourHasTheHashOfNothing() {
        BufferedImage red = new BufferedImage(50, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1000; i++) {
            red.setRGB(i % 50, i / 50, 0xd01020);
        }
        ImageFacts.Look look =
                inspect(TestImages.jpeg(red, 0.5f)).facts().look().orElseThrow();

        assertThat(look.hash()).isEqualTo(new PerceptualHash(0));
        assertThat(look.colours()).singleElement().satisfies(only -> {
            assertThat(only.share()).isEqualTo(1);
            assertThat(only.rgb() >> 16).isBetween(0xc8, 0xd8);
        });
    }

    @Test
    void namesTheDominantColoursByTheirShare() {
        BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 100, 60);
        graphics.setColor(new Color(0x2050a0));
        graphics.fillRect(0, 60, 100, 20);
        graphics.dispose();
        List<Swatch> colours = inspect(TestImages.written(image, "png"))
                .facts()
                .look()
                .orElseThrow()
                .colours();

        // A fifth of the picture is clear.
        assertThat(colours).hasSize(2);
        assertThat(colours.getFirst().rgb()).isEqualTo(0xffffff);
        assertThat(colours.getFirst().share()).isCloseTo(0.75, org.assertj.core.data.Offset.offset(0.02));
        assertThat(colours.getLast().rgb()).isEqualTo(0x2050a0);
    }

    @Test
    void readsExifAndMarksWhatIsPersonal() {
        byte[] jpeg = TestImages.withSegments(
                TestImages.jpeg(photo(1, 64, 48), 0.9f),
                TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(1)),
                TestImages.segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", XMP.getBytes(StandardCharsets.UTF_8)));

        List<Tag> tags = inspect(jpeg).facts().tags();

        assertThat(tags)
                .contains(
                        new Tag("Exif IFD0", "Artist", "Ann Otto", false),
                        new Tag("GPS", "GPS Latitude Ref", "N", true),
                        new Tag("XMP", "aux:SerialNumber", "0220012345", true),
                        new Tag("XMP", "dc:format", "image/jpeg", false));
    }

    private static final String XMP = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
              xmlns:dc="http://purl.org/dc/elements/1.1/" aux:SerialNumber="0220012345" dc:format="image/jpeg"/>
            </rdf:RDF></x:xmpmeta>""";

    @Test
    void brokenMetadataFailsNothing() {
        byte[] plain = TestImages.jpeg(photo(1, 64, 48), 0.9f);
        byte[] exif = TestImages.exif(1);
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            byte[] broken = Arrays.copyOf(exif, 8 + random.nextInt(exif.length - 8));
            for (int k = 0; k < 6; k++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            assertThat(inspect(TestImages.withSegments(plain, TestImages.segment(0xe1, "Exif\0\0", broken)))
                            .size())
                    .isNotNull();
        }
    }

    @Test
    void declarationsInXmpAreNotParsed() {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"" + "a".repeat(99) + "\">]>" + XMP;
        byte[] jpeg = TestImages.withSegments(
                TestImages.jpeg(photo(1, 64, 48), 0.9f),
                TestImages.segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", bomb.getBytes(StandardCharsets.UTF_8)));

        assertThat(inspect(jpeg).facts().tags()).isEmpty();
    }

    @Test
    void countsFramesAndLooksAtTheFirst() {
        ImageFacts facts = inspect(TestImages.animatedGif(3)).facts();

        assertThat(facts.frames()).isEqualTo(3);
        assertThat(facts.look()).isPresent();
    }

    @Test
    void refusesWhatIsDamagedOverALimitOrOnlyRecognised() {
        byte[] jpeg = TestImages.jpeg(photo(1, 640, 480), 0.9f);

        assertFails(Arrays.copyOf(jpeg, jpeg.length / 2), ImageLimits.DEFAULT, FailureCode.CORRUPT_IMAGE);
        assertFails(jpeg, ImageLimits.DEFAULT.withMaxPixels(1000), FailureCode.TOO_MANY_PIXELS);
        assertFails(jpeg, ImageLimits.DEFAULT.withMaxBytes(1000), FailureCode.TOO_LARGE);
        assertFails(
                "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8),
                ImageLimits.DEFAULT,
                FailureCode.UNSUPPORTED_FORMAT);
    }

    private void assertFails(byte[] bytes, ImageLimits limits, FailureCode code) {
        SourceImage source = new SourceImage(ImageFormat.sniff(bytes).orElseThrow(), bytes);
        assertThatThrownBy(() -> inspector.inspect(source, limits))
                .isInstanceOfSatisfying(
                        HalftoneException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(code));
    }
}
