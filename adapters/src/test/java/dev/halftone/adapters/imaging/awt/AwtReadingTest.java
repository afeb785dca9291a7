package dev.halftone.adapters.imaging.awt;

import static dev.halftone.adapters.imaging.TestImages.greyRamp;
import static dev.halftone.adapters.imaging.TestImages.jpeg;
import static dev.halftone.adapters.imaging.TestImages.quarters;
import static dev.halftone.adapters.imaging.TestImages.segment;
import static dev.halftone.adapters.imaging.TestImages.withChunks;
import static dev.halftone.adapters.imaging.TestImages.withSegments;
import static dev.halftone.adapters.imaging.TestImages.written;
import static dev.halftone.adapters.imaging.awt.EngineProbe.BLUE;
import static dev.halftone.adapters.imaging.awt.EngineProbe.ENGINE;
import static dev.halftone.adapters.imaging.awt.EngineProbe.GREEN;
import static dev.halftone.adapters.imaging.awt.EngineProbe.LINEAR;
import static dev.halftone.adapters.imaging.awt.EngineProbe.RED;
import static dev.halftone.adapters.imaging.awt.EngineProbe.TO_JPEG;
import static dev.halftone.adapters.imaging.awt.EngineProbe.TO_PNG;
import static dev.halftone.adapters.imaging.awt.EngineProbe.assertClose;
import static dev.halftone.adapters.imaging.awt.EngineProbe.assertRefused;
import static dev.halftone.adapters.imaging.awt.EngineProbe.corners;
import static dev.halftone.adapters.imaging.awt.EngineProbe.made;
import static dev.halftone.adapters.imaging.awt.EngineProbe.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What ImageIO gets wrong, and what must come out right or be refused all the same.
class AwtReadingTest {

    @Test
    void fourInksComeOutInTheirColours() throws IOException {
        BufferedImage cyan =
                open(made(TestImages.cmykJpeg(64, 64, 0, 255, 255, 255), TO_PNG).bytes());
        int seen = cyan.getRGB(32, 32);
        assertThat(seen >> 16 & 255).as("red").isLessThan(60);
        assertThat(seen & 255).as("blue").isGreaterThan(150);
        BufferedImage paper = open(
                made(TestImages.cmykJpeg(64, 64, 255, 255, 255, 255), TO_PNG).bytes());
        assertThat(paper.getRGB(32, 32) & 255).isGreaterThan(245);
    }

    @Test
    void everyCutJpegIsRefused() {
        byte[] whole = jpeg(quarters(160, 120), 0.9f);
        for (int length = 3; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(cut, "corrupt_image");
        }
    }

    @Test
    void aCutJpegWithAnEndMarkerPutOnIsRefused() {
        byte[] whole = jpeg(quarters(160, 120), 0.9f);
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;
        assertRefused(cut, "corrupt_image");
    }

    @Test
    void greyNeverGetsLighter() throws IOException {
        for (byte[] source : List.of(jpeg(greyRamp(128, 64), 1f), written(greyRamp(128, 64), "png"))) {
            EncodedImage jpeg = made(source, TO_JPEG.withQuality(95));
            assertThat(JpegFile.parse(jpeg.bytes()).frame().components()).isEqualTo(1);
            BufferedImage seen = open(jpeg.bytes());
            BufferedImage png = open(made(source, TO_PNG).bytes());
            for (int x = 4; x < 128; x += 8) {
                int wanted = 40 + 120 * x / 128;
                assertThat(seen.getRaster().getSample(x, 32, 0)).isBetween(wanted - 3, wanted + 3);
                assertThat(png.getRaster().getSample(x, 32, 0)).isBetween(wanted - 2, wanted + 2);
            }
        }
    }

    @Test
    void shrunkGreyNeverGetsLighter() throws IOException {
        Compression narrow = TO_PNG.withBounds(OptionalInt.of(30), OptionalInt.empty());
        BufferedImage seen =
                open(made(written(greyRamp(128, 64), "png"), narrow).bytes());
        assertThat(seen.getRaster().getSample(15, 7, 0)).isBetween(96, 104);
    }

    @Test
    void aSmallProfileGoesWithThePicture() {
        byte[] png = withChunks(written(quarters(96, 96), "png"), TestImages.iccpChunk(LINEAR));
        assertThat(JpegFile.parse(made(png, TO_JPEG).bytes()).icc()).contains(LINEAR);
        assertThat(PngFile.parse(made(png, TO_PNG).bytes()).icc()).contains(LINEAR);
        byte[] jpeg = withSegments(jpeg(quarters(96, 96), 0.9f), segment(0xe2, "ICC_PROFILE\0\1\1", LINEAR));
        assertThat(PngFile.parse(made(jpeg, TO_PNG).bytes()).icc()).contains(LINEAR);
    }

    @Test
    void aLargeProfileIsApplied() throws IOException {
        byte[] large = Arrays.copyOf(LINEAR, 9000);
        java.nio.ByteBuffer.wrap(large).putInt(0, 9000);
        byte[] source = withChunks(written(quarters(96, 96), "png"), TestImages.iccpChunk(large));
        byte[] out = made(source, TO_PNG).bytes();
        assertThat(PngFile.parse(out).icc()).isEmpty();
        // Linear 220 is sRGB 239, linear 30 is sRGB 95.
        assertClose(corners(open(out)), 0xef5f5f);
    }

    @Test
    void theProfileOfSrgbIsDropped() {
        byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        byte[] source = withSegments(jpeg(quarters(96, 96), 0.9f), segment(0xe2, "ICC_PROFILE\0\1\1", srgb));
        assertThat(JpegFile.parse(made(source, Compression.DEFAULT).bytes()).icc())
                .isEmpty();
    }

    @Test
    void aBrokenProfileIsIgnored() throws IOException {
        byte[] grey = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        for (byte[] profile : List.of(new byte[300], Arrays.copyOf(LINEAR, 200), grey)) {
            byte[] source = withSegments(jpeg(quarters(96, 96), 0.9f), segment(0xe2, "ICC_PROFILE\0\1\1", profile));
            assertClose(corners(open(made(source, Compression.DEFAULT).bytes())), RED, GREEN, BLUE);
        }
    }

    @Test
    void gammaIsCarriedOnOrApplied() throws IOException {
        byte[] gamma = PngFile.chunk("gAMA", new byte[] {0, 1, (byte) 0x86, (byte) 0xa0});
        byte[] source = withChunks(written(quarters(96, 96), "png"), gamma);
        byte[] png = made(source, TO_PNG).bytes();
        assertThat(PngFile.parse(png).dataOf("gAMA")).isPresent();
        assertClose(corners(open(png)), RED);
        assertClose(corners(open(made(source, TO_JPEG).bytes())), 0xef5f5f);
    }

    @Test
    void hugeSizesAreRefusedFromTheHeader() {
        byte[] gif = "GIF89a\0\0\0\0\0\0\0,\0\0\0\0\100\234\100\234\0\2\2D\1\0;"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertRefused(gif, "too_many_pixels");
        byte[] jpeg = jpeg(quarters(64, 64), 0.5f);
        int sof = find(jpeg, 0xc0);
        jpeg[sof + 5] = (byte) 0x9c;
        jpeg[sof + 7] = (byte) 0x9c;
        assertRefused(jpeg, "too_many_pixels");
    }

    @Test
    void aBombOfScansIsRefusedFromTheHeader() {
        byte[] jpeg = jpeg(quarters(64, 64), 0.5f);
        int sof = find(jpeg, 0xc0);
        jpeg[sof + 5] = 0x10;
        jpeg[sof + 7] = 0x10;
        int sos = find(jpeg, 0xda);
        byte[] scan = Arrays.copyOfRange(jpeg, sos, jpeg.length - 2);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.write(jpeg, 0, sos);
        for (int i = 0; i < 400; i++) {
            out.writeBytes(scan);
        }
        out.write(0xff);
        out.write(0xd9);
        assertRefused(out.toByteArray(), "processing_timeout");
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetFormat.class,
            names = {"JPEG", "PNG", "WEBP"})
    void stopsAtTheDeadline(TargetFormat format) {
        ImageLimits hasty = new ImageLimits(1 << 24, 1 << 24, 9999, java.time.Duration.ofNanos(1));
        byte[] png = written(quarters(300, 200), "png");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ENGINE.compress(
                        new SourceImage(ImageFormat.PNG, png), Compression.DEFAULT.withFormat(format), hasty)))
                .hasMessageStartingWith("processing_timeout");
        byte[] jpeg = jpeg(quarters(300, 200), 0.9f);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ENGINE.compress(
                        new SourceImage(ImageFormat.JPEG, jpeg), Compression.DEFAULT.withFormat(format), hasty)))
                .hasMessageStartingWith("processing_timeout");
    }

    @Test
    void variantsThatAreNotDecodedAreUnsupported() {
        byte[] arithmetic = jpeg(quarters(64, 64), 0.5f);
        arithmetic[find(arithmetic, 0xc0) + 1] = (byte) 0xc9;
        assertRefused(arithmetic, "unsupported_format");
        byte[] twelveBits = jpeg(quarters(64, 64), 0.5f);
        twelveBits[find(twelveBits, 0xc0) + 4] = 12;
        assertRefused(twelveBits, "unsupported_format");
        SourceImage svg = new SourceImage(ImageFormat.SVG, "<svg/>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(ENGINE.compress(svg, Compression.DEFAULT, ImageLimits.DEFAULT))
                .isInstanceOf(EngineResult.Declined.class);
    }

    @Test
    void sixteenBitTablesAreReadRight() throws IOException {
        byte[] eight = jpeg(quarters(96, 96), 0.9f);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        out.write(eight, 0, 2);
        for (JpegFile.Segment segment : JpegFile.parse(eight).segments()) {
            if (segment.marker() != 0xdb) {
                out.write(eight, segment.start(), segment.end() - segment.start());
                continue;
            }
            for (int at = segment.payload(); at < segment.end(); at += 65) {
                byte[] wide = new byte[129];
                wide[0] = (byte) (0x10 | eight[at]);
                for (int i = 0; i < 64; i++) {
                    wide[2 + 2 * i] = eight[at + 1 + i];
                }
                out.writeBytes(segment(0xdb, "", wide));
            }
        }
        out.write(0xff);
        out.write(0xd9);
        byte[] source = out.toByteArray();
        source[find(source, 0xc0) + 1] = (byte) 0xc1;
        assertClose(corners(open(made(source, TO_PNG.withQuality(90)).bytes())), RED, GREEN, BLUE);
    }

    @Test
    void aFrameWithoutHuffmanTablesUsesTheStandardOnes() throws IOException {
        javax.imageio.ImageWriter writer = Plugins.jpegWriter();
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        writer.setOutput(new javax.imageio.stream.MemoryCacheImageOutputStream(bytes));
        try (var stream = (javax.imageio.stream.ImageOutputStream) writer.getOutput()) {
            writer.write(quarters(96, 96));
            stream.flush();
        }
        writer.dispose();
        JpegFile file = JpegFile.parse(bytes.toByteArray());
        byte[] without = file.rewritten(segment -> segment.marker() != 0xc4, new byte[0]);
        assertClose(corners(open(made(without, TO_PNG).bytes())), RED, GREEN, BLUE);
    }

    private static int find(byte[] jpeg, int marker) {
        for (int i = 2; ; i++) {
            if (jpeg[i] == (byte) 0xff && (jpeg[i + 1] & 255) == marker) {
                return i;
            }
        }
    }
}
