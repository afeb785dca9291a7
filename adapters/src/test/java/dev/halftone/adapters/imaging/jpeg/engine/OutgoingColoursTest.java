package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Profiles and colour markers of the outputs, and what becomes of four inks.
class OutgoingColoursTest {
    private static final int APP2 = Markers.APP0 + 2;
    private static final byte[] LINEAR =
            ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    private static final byte[] SRGB =
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    private static final byte[] GREY =
            ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    private static final List<Compression> WAYS = List.of(
            Compression.DEFAULT, Engines.LOSSLESS, Compression.DEFAULT.withTarget(new CompressionTarget.ToRatio(0.6)));
    private static final Map<String, byte[]> MADE = MadeJpegs.classes(96, 64, 90);

    private static byte[] profiled(byte[] jpeg, byte[] profile) {
        return TestImages.withSegments(jpeg, TestImages.segment(0xe2, "ICC_PROFILE\0\1\1", profile));
    }

    private static byte[] profileOf(byte[] jpeg) {
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        JpegParts.of(jpeg).all(APP2).forEach(part -> profile.write(part.payload(), 14, part.payload().length - 14));
        return profile.toByteArray();
    }

    @Test
    void keepsAProfileThatColoursDependOn() {
        byte[] source = profiled(MadeJpegs.named(MADE, "4:2:0"), LINEAR);
        for (Compression way : WAYS) {
            assertThat(profileOf(Engines.made(source, way))).as("%s", way).isEqualTo(LINEAR);
        }
    }

    @Test
    void keepsAGreyProfileOfAGreyPicture() {
        byte[] source = profiled(MadeJpegs.named(MADE, "gray"), GREY);
        assertThat(profileOf(Engines.made(source, Compression.DEFAULT))).isEqualTo(GREY);
    }

    @Test
    void keepsAProfileOfSeveralSegments() {
        byte[] large = Arrays.copyOf(LINEAR, 150_000);
        ByteBuffer.wrap(large).putInt(0, large.length);
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            segments.writeBytes(TestImages.segment(
                    0xe2,
                    "ICC_PROFILE\0" + (char) (i + 1) + (char) 3,
                    Arrays.copyOfRange(large, 50_000 * i, 50_000 * i + 50_000)));
        }
        byte[] source = TestImages.withSegments(MadeJpegs.named(MADE, "4:2:0"), segments.toByteArray());
        byte[] made = Engines.made(source, Compression.DEFAULT);
        assertThat(profileOf(made)).isEqualTo(large);
        assertThat(Libjpeg.decode(made).isClean()).isTrue();
    }

    @Test
    void dropsAProfileThatSaysNothingOrDoesNotFit() {
        byte[] colour = MadeJpegs.named(MADE, "4:2:0");
        byte[] garbage = Arrays.copyOf(LINEAR, LINEAR.length);
        Arrays.fill(garbage, 36, 400, (byte) 0x55);
        for (Compression way : WAYS) {
            assertThat(profileOf(Engines.made(profiled(colour, SRGB), way))).isEmpty();
            assertThat(profileOf(Engines.made(profiled(colour, GREY), way))).isEmpty();
            assertThat(profileOf(Engines.made(profiled(colour, garbage), way))).isEmpty();
            assertThat(profileOf(Engines.made(profiled(MadeJpegs.named(MADE, "gray"), LINEAR), way)))
                    .isEmpty();
        }
    }

    @Test
    void keepsTheMarkerThatSaysWhatComponentsMean() {
        for (String name : List.of("RGB", "CMYK", "YCCK", "YCCK, four scans", "progressive CMYK")) {
            byte[] source = MadeJpegs.named(MADE, name);
            byte[] made = Engines.made(source, Engines.LOSSLESS);
            assertThat(JpegParts.of(made).first(Markers.APP14).payload())
                    .as(name)
                    .isEqualTo(JpegParts.of(source).first(Markers.APP14).payload());
            assertThat(JpegParts.of(made).all(Markers.APP0)).as(name).isEmpty();
            assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(source)))
                    .as(name)
                    .isZero();
        }
        for (Compression way : WAYS) {
            byte[] source = MadeJpegs.named(MADE, "RGB");
            byte[] made = Engines.made(source, way);
            assertThat(JpegParts.of(made).all(Markers.APP14)).as("%s", way).hasSize(1);
            assertThat(Libjpeg.pixels(made).psnr(Libjpeg.pixels(source))).isGreaterThan(25);
        }
    }

    /// Only the identifiers R, G and B say so.
    @Test
    void rgbWithoutAMarkerStaysRgb() {
        byte[] source = JpegParts.of(MadeJpegs.named(MADE, "RGB"))
                .removeAll(Markers.APP14)
                .toBytes();
        byte[] made = Engines.made(source, Compression.DEFAULT.withQuality(85));
        assertThat(Libjpeg.pixels(made).psnr(Libjpeg.pixels(source))).isGreaterThan(28);
    }

    /// No JFIF and no Adobe marker, but YCbCr all the same.
    @Test
    void ycbcrWithoutAMarkerGetsAJfifHeader() {
        byte[] source = JpegParts.of(MadeJpegs.named(MADE, "4:2:0"))
                .removeAll(Markers.APP0)
                .toBytes();
        byte[] made = Engines.made(source, Compression.DEFAULT.withQuality(85));
        assertThat(JpegParts.of(made).first(Markers.APP0).payload()).startsWith('J', 'F', 'I', 'F', 0);
        assertThat(Libjpeg.pixels(made).psnr(Libjpeg.pixels(source))).isGreaterThan(28);
    }

    @Test
    void fourInksStayFourUnderLosslessAndKeepTheirProfile() {
        byte[] profile = new byte[132];
        ByteBuffer header = ByteBuffer.wrap(profile);
        header.putInt(0, profile.length).putInt(8, 0x02400000);
        header.put(12, "prtrCMYKLab ".getBytes(StandardCharsets.US_ASCII));
        header.put(36, "acsp".getBytes(StandardCharsets.US_ASCII));
        byte[] source = profiled(MadeJpegs.named(MADE, "CMYK"), profile);
        byte[] made = Engines.made(source, Engines.LOSSLESS);
        assertThat(JpegParts.of(made).first(Markers.SOF0).payload()[5]).isEqualTo((byte) 4);
        assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(source))).isZero();
        assertThat(profileOf(made)).isEqualTo(profile);
    }

    /// 255 is no ink: full magenta is red and blue.
    @Test
    void fourInksBecomeSrgbOtherwise() {
        byte[] source = TestImages.cmykJpeg(640, 480, 255, 0, 255, 255);
        for (Compression lossy : List.of(Compression.DEFAULT, Engines.bytes(source.length * 3L / 4))) {
            assertThat(Engines.reason(source, lossy)).contains("sRGB");
            byte[] made = Engines.through(source, lossy).image().bytes();
            assertThat(JpegParts.of(made).first(Markers.SOF0).payload()[5]).isEqualTo((byte) 3);
            Pixels seen = Libjpeg.pixels(made);
            int middle = 3 * (240 * 640 + 320);
            assertThat(seen.samples()[middle] & 255).isGreaterThan(220);
            assertThat(seen.samples()[middle + 1] & 255).isLessThan(40);
            assertThat(seen.samples()[middle + 2] & 255).isGreaterThan(220);
        }
    }
}
