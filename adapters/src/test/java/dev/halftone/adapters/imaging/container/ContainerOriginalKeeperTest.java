package dev.halftone.adapters.imaging.container;

import static dev.halftone.adapters.imaging.TestImages.contains;
import static dev.halftone.adapters.imaging.TestImages.exif;
import static dev.halftone.adapters.imaging.TestImages.quarters;
import static dev.halftone.adapters.imaging.TestImages.segment;
import static dev.halftone.adapters.imaging.TestImages.withChunks;
import static dev.halftone.adapters.imaging.TestImages.withSegments;
import static dev.halftone.adapters.imaging.TestImages.written;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.MetadataPolicy;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ContainerOriginalKeeperTest {
    private static final byte[] TAIL = "<script>tail</script>".getBytes(ISO_8859_1);

    private final ContainerOriginalKeeper keeper = new ContainerOriginalKeeper();

    private byte[] kept(byte[] bytes, MetadataPolicy policy) {
        ImageFormat format = ImageFormat.sniff(bytes).orElseThrow();
        return keeper.keep(new SourceImage(format, bytes), new PixelSize(1, 1), policy)
                .bytes();
    }

    private byte[] stripped(byte[] bytes) {
        byte[] out = kept(bytes, MetadataPolicy.STRIP);
        assertThat(out.length).isLessThanOrEqualTo(bytes.length);
        return out;
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static int[] pixels(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void anOriginalWithoutMetadataIsTheSameArray() {
        for (String format : List.of("jpeg", "gif", "bmp")) {
            byte[] bytes = written(quarters(40, 30), format);
            assertThat(stripped(bytes)).as(format).isSameAs(bytes);
        }
        byte[] png = written(quarters(40, 30), "png");
        assertThat(stripped(png)).isSameAs(png);
    }

    @Test
    void keepingMetadataChangesNothingButWhatStandsBehindTheEnd() {
        byte[] jpeg = withSegments(written(quarters(40, 30), "jpeg"), segment(0xe1, "Exif\0\0", exif(6)));
        assertThat(kept(jpeg, MetadataPolicy.KEEP)).isSameAs(jpeg);
        assertThat(kept(joined(jpeg, TAIL), MetadataPolicy.KEEP)).isEqualTo(jpeg);
        assertThat(kept(joined(jpeg, jpeg), MetadataPolicy.KEEP)).isEqualTo(jpeg);
        for (String format : List.of("png", "gif", "webp")) {
            byte[] plain = written(quarters(40, 30), format);
            assertThat(kept(joined(plain, TAIL), MetadataPolicy.KEEP))
                    .as(format)
                    .isEqualTo(plain);
        }
    }

    @Test
    void keepingMetadataKeepsThePicturesThatAreAnnounced() {
        byte[] jpeg = withSegments(written(quarters(40, 30), "jpeg"), segment(0xe2, "MPF\0", new byte[8]));
        byte[] several = joined(jpeg, written(quarters(20, 15), "jpeg"));
        assertThat(kept(several, MetadataPolicy.KEEP)).isSameAs(several);
        assertThat(kept(joined(jpeg, TAIL), MetadataPolicy.KEEP)).isEqualTo(jpeg);
    }

    @Test
    void cutsAJpegDownToItsPicture() throws IOException {
        byte[] plain = written(quarters(40, 30), "jpeg");
        byte[] profile = java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB)
                .getData();
        byte[] icc = segment(0xe2, "ICC_PROFILE\0\1\1", profile);
        byte[] dressed = joined(
                withSegments(
                        plain,
                        segment(0xe1, "Exif\0\0", exif(1)),
                        segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", "<x>SECRET</x>".getBytes(ISO_8859_1)),
                        icc,
                        segment(0xe2, "MPF\0", new byte[50]),
                        segment(0xed, "Photoshop 3.0\0", new byte[50]),
                        segment(0xfe, "", "a comment".getBytes(ISO_8859_1))),
                TAIL);
        assertThat(stripped(dressed)).isEqualTo(withSegments(plain, icc));
        assertThat(pixels(stripped(joined(plain, TAIL)))).isEqualTo(pixels(plain));
    }

    @Test
    void leavesTheOrientationOfAJpegAlone() {
        byte[] out = stripped(withSegments(written(quarters(40, 30), "jpeg"), segment(0xe1, "Exif\0\0", exif(6))));
        assertThat(contains(out, "SECRET-PLACE")).isFalse();
        assertThat(contains(out, "Ann Otto")).isFalse();
        assertThat(JpegFile.parse(out).header(ImageLimits.DEFAULT).orientation())
                .isEqualTo(6);
        assertThat(stripped(out)).isSameAs(out);
    }

    @Test
    void keepsTheCopyrightWhereAsked() {
        byte[] source = withSegments(written(quarters(40, 30), "jpeg"), segment(0xe1, "Exif\0\0", exif(8)));
        byte[] out = kept(source, MetadataPolicy.COPYRIGHT);
        assertThat(contains(out, "(c) Example")).isTrue();
        assertThat(contains(out, "SECRET-PLACE")).isFalse();
        assertThat(JpegFile.parse(out).header(ImageLimits.DEFAULT).orientation())
                .isEqualTo(8);
    }

    @Test
    void cutsAPngDownToItsPicture() {
        byte[] plain = written(quarters(40, 30), "png");
        byte[] gamma = PngFile.chunk("gAMA", new byte[] {0, 1, (byte) 0x86, (byte) 0xa0});
        byte[] control = PngFile.chunk("acTL", new byte[8]);
        byte[] dressed = joined(
                withChunks(
                        plain,
                        gamma,
                        control,
                        PngFile.chunk("tEXt", "Author\0Ann".getBytes(ISO_8859_1)),
                        PngFile.chunk("tIME", new byte[7]),
                        PngFile.chunk("prVt", new byte[7]),
                        PngFile.chunk("eXIf", exif(1))),
                TAIL);
        assertThat(stripped(dressed)).isEqualTo(withChunks(plain, gamma, control));
    }

    @Test
    void leavesTheOrientationOfAPngAlone() {
        byte[] out = stripped(withChunks(written(quarters(40, 30), "png"), PngFile.chunk("eXIf", exif(3))));
        assertThat(contains(out, "SECRET-PLACE")).isFalse();
        assertThat(PngFile.parse(out).header(ImageLimits.DEFAULT).orientation()).isEqualTo(3);
    }

    @Test
    void cutsAWebpAndMendsItsFlags() throws IOException {
        byte[] plain = webp();
        assertThat(stripped(plain)).isSameAs(plain);
        Metadata metadata = new Metadata(
                Optional.of(exif(6)), Optional.of("<x/>".getBytes(ISO_8859_1)), Optional.empty(), List.of());
        byte[] out = stripped(joined(WebpFile.assembled(plain, Optional.empty(), metadata), TAIL));
        WebpFile file = WebpFile.parse(out);
        assertThat(file.header(ImageLimits.DEFAULT).orientation()).isEqualTo(6);
        assertThat(file.metadata().xmp()).isEmpty();
        assertThat(contains(out, "SECRET-PLACE")).isFalse();
        assertThat(contains(out, "script")).isFalse();
        assertThat(out[20]).as("VP8X flags: EXIF alone").isEqualTo((byte) 0x08);
        assertThat(ImageIO.read(new ByteArrayInputStream(out)).getWidth()).isEqualTo(40);
    }

    private static byte[] webp() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(quarters(40, 30), "webp", out);
        return out.toByteArray();
    }

    @Test
    void cutsAGifDownToItsPicture() throws IOException {
        byte[] plain = TestImages.animatedGif(3);
        int body = 13 + GifFile.tableBytes(plain[10] & 255);
        byte[] loop = HEX_LOOP.getBytes(ISO_8859_1);
        byte[] comment = "!\376\5hello\0".getBytes(ISO_8859_1);
        byte[] xmp = "!\377\13XMP DataXMP\3abc\0".getBytes(ISO_8859_1);
        byte[] looping =
                joined(joined(Arrays.copyOf(plain, body), loop), Arrays.copyOfRange(plain, body, plain.length));
        byte[] dressed = joined(
                joined(joined(Arrays.copyOf(looping, body), comment), xmp),
                joined(Arrays.copyOfRange(looping, body, looping.length), TAIL));
        assertThat(stripped(dressed)).isEqualTo(looping);
        assertThat(stripped(looping)).isSameAs(looping);
        assertThat(pixels(stripped(dressed))).isEqualTo(pixels(plain));
    }

    private static final String HEX_LOOP = "!\377\13NETSCAPE2.0\3\1\0\0\0";

    @Test
    void cutsDescriptiveTagsOutOfATiff() throws IOException {
        byte[] plain = written(quarters(40, 30), "tiff");
        byte[] out = stripped(withDescription(plain));
        assertThat(contains(out, "SECRET-PLACE")).isFalse();
        assertThat(pixels(out)).isEqualTo(pixels(plain));
        assertThat(TiffFile.parse(out).bytesOfTag(270)).isEmpty();
        assertThat(stripped(out)).isSameAs(out);
    }

    /// Moves the directory to the end of the file, one entry longer.
    private static byte[] withDescription(byte[] tiff) {
        boolean little = tiff[0] == 'I';
        java.nio.ByteBuffer in = java.nio.ByteBuffer.wrap(tiff)
                .order(little ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN);
        int from = in.getInt(4);
        int count = in.getShort(from);
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(tiff.length + 2 + 12 * (count + 1) + 4 + 16)
                .order(in.order());
        out.put(tiff).putInt(4, tiff.length);
        out.putShort((short) (count + 1));
        boolean placed = false;
        for (int i = 0; i < count; i++) {
            if (!placed && in.getShort(from + 2 + 12 * i) > 270) {
                out.putShort((short) 270).putShort((short) 2).putInt(13).putInt(out.capacity() - 16);
                placed = true;
            }
            out.put(tiff, from + 2 + 12 * i, 12);
        }
        out.putInt(0);
        out.put(out.capacity() - 16, "SECRET-PLACE\0".getBytes(ISO_8859_1));
        return out.array();
    }

    @Test
    void whatCannotBeWalkedComesBackAsItIs() {
        byte[] cut = Arrays.copyOf(written(quarters(40, 30), "png"), 100);
        assertThat(stripped(cut)).isSameAs(cut);
    }
}
