package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts.Part;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.MetadataPolicy;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What of a source's metadata goes out, looked at byte by byte.
class OutgoingMetadataTest {
    private static final int APP1 = Markers.APP0 + 1;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final Set<Integer> PICTURE = Set.of(
            Markers.SOI, Markers.APP0, Markers.DQT, Markers.SOF0, Markers.SOF2, Markers.DHT, Markers.SOS, Markers.EOI);

    /// Every way to a file that this engine has.
    private static final List<Compression> WAYS = List.of(
            Compression.DEFAULT,
            Compression.DEFAULT.withEncoding(Engines.BEST),
            Compression.DEFAULT.withEncoding(Engines.SMALLEST),
            Compression.DEFAULT.withEncoding(Engines.PROGRESSIVE),
            Engines.LOSSLESS,
            Engines.bytes(3000),
            Engines.similarity(0.9));

    private static byte[] plain(String... options) {
        return Libjpeg.encode(Pixels.photo(96, 64, 3).toPnm(), options);
    }

    /// With everything that must not get out by chance.
    private static byte[] dressed(int orientation, String... options) {
        byte[] exif = TestImages.exif(orientation);
        byte[] jpeg = TestImages.withSegments(
                plain(options),
                TestImages.segment(0xe1, "Exif\0\0", withThumbnail(exif)),
                TestImages.segment(0xe1, XMP, ascii("<x tiff:Orientation=\"" + orientation + "\">SECRET-XMP</x>")),
                TestImages.segment(0xe1, "http://ns.adobe.com/xmp/extension/\0", ascii("SECRET-MORE")),
                TestImages.segment(0xe2, "MPF\0", ascii("SECRET-MPF")),
                TestImages.segment(0xe5, "Maker\0", ascii("SECRET-MAKER")),
                TestImages.segment(0xed, "Photoshop 3.0\0", ascii("SECRET-IPTC")),
                TestImages.segment(0xe0, "JFXX\0", ascii("SECRET-JFXX")),
                TestImages.segment(0xfe, "", ascii("SECRET-COMMENT")));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(jpeg);
        all.writeBytes(TestImages.withSegments(
                plain("-quality", "40"), TestImages.segment(0xe1, "Exif\0\0", ascii("SECRET-SECOND"))));
        all.writeBytes(ascii("SECRET-TAIL"));
        return all.toByteArray();
    }

    /// A second directory that points at a picture behind it.
    private static byte[] withThumbnail(byte[] exif) {
        byte[] picture = ascii("\u00ff\u00d8SECRET-THUMBNAIL\u00ff\u00d9");
        ByteBuffer out = ByteBuffer.allocate(exif.length + 30 + picture.length);
        out.put(exif).putInt(8 + 2 + 4 * 12, exif.length);
        out.putShort((short) 2);
        out.putShort((short) 0x201).putShort((short) 4).putInt(1).putInt(exif.length + 30);
        out.putShort((short) 0x202).putShort((short) 4).putInt(1).putInt(picture.length);
        out.putInt(0).put(picture);
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<Integer> markers(byte[] jpeg) {
        JpegParts parts = JpegParts.of(jpeg);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> parts.get(i).marker())
                .toList();
    }

    private static List<byte[]> payloads(byte[] jpeg, int marker, String signature) {
        return JpegParts.of(jpeg).all(marker).stream()
                .map(Part::payload)
                .filter(payload -> new String(payload, StandardCharsets.ISO_8859_1).startsWith(signature))
                .toList();
    }

    @Test
    void stripLeavesThePictureAlone() {
        for (int orientation : new int[] {1, 6}) {
            byte[] source = dressed(orientation, "-quality", "92");
            for (Compression way : WAYS) {
                byte[] made = Engines.made(source, way);
                assertThat(PICTURE).as("%s", way).containsAll(markers(made));
                assertThat(TestImages.contains(made, "SECRET")).as("%s", way).isFalse();
                assertThat(markers(made).getLast()).isEqualTo(Markers.EOI);
                assertThat(payloads(made, Markers.APP0, "")).hasSize(1);
            }
        }
    }

    @Test
    void copyrightLeavesTheArtistAndTheCopyright() {
        byte[] source = dressed(6, "-quality", "92");
        for (Compression way : WAYS) {
            byte[] made = Engines.made(source, way.withMetadata(MetadataPolicy.COPYRIGHT));
            byte[] exif = Tagged.exif(made).orElseThrow();
            assertThat(Tagged.tags(exif).keySet()).containsExactlyInAnyOrder(0x13b, 0x8298);
            assertThat(TestImages.contains(exif, "Ann Otto")).isTrue();
            assertThat(TestImages.contains(exif, "(c) Example")).isTrue();
            assertThat(TestImages.contains(made, "SECRET")).as("%s", way).isFalse();
            assertThat(markers(made).stream().filter(marker -> !PICTURE.contains(marker)))
                    .containsExactly(APP1);
        }
    }

    @Test
    void keepLeavesAllButWhatNoLongerFits() {
        byte[] source = dressed(6, "-quality", "92");
        for (Compression way : WAYS) {
            byte[] made = Engines.made(source, way.withMetadata(MetadataPolicy.KEEP));
            byte[] exif = Tagged.exif(made).orElseThrow();
            assertThat(Tagged.tags(exif)).containsEntry(Tagged.ORIENTATION, 1).containsKey(0x8825);
            assertThat(TestImages.contains(exif, "SECRET-PLACE")).isTrue();
            assertThat(TestImages.contains(made, "SECRET-THUMBNAIL")).isFalse();
            assertThat(TestImages.contains(made, "tiff:Orientation=\"1\">SECRET-XMP"))
                    .isTrue();
            assertThat(TestImages.contains(made, "SECRET-IPTC")).isTrue();
            assertThat(payloads(made, 0xfe, "SECRET-COMMENT")).hasSize(1);
            for (String gone : List.of("SECRET-MPF", "SECRET-SECOND", "SECRET-TAIL", "SECRET-JFXX")) {
                assertThat(TestImages.contains(made, gone)).as(gone).isFalse();
            }
            assertThat(Libjpeg.decode(made).isClean()).isTrue();
        }
    }

    @Test
    void keepLeavesTheTagWhereLosslessCannotTurn() {
        byte[] jpeg = Libjpeg.encode(Pixels.photo(90, 60, 3).toPnm(), "-quality", "90");
        byte[] exif = TestImages.exif(6);
        byte[] source = TestImages.withSegments(jpeg, TestImages.segment(0xe1, "Exif\0\0", exif));
        byte[] kept = Engines.made(source, Engines.LOSSLESS.withMetadata(MetadataPolicy.KEEP));
        assertThat(Tagged.exif(kept)).hasValue(exif);
        byte[] copyright = Engines.made(source, Engines.LOSSLESS.withMetadata(MetadataPolicy.COPYRIGHT));
        assertThat(Tagged.tags(Tagged.exif(copyright).orElseThrow()).keySet())
                .containsExactlyInAnyOrder(Tagged.ORIENTATION, 0x13b, 0x8298);
    }

    @Test
    void keepsTheDensityOfTheSource() {
        byte[] source = JpegParts.of(plain("-quality", "92"))
                .change(
                        Markers.APP0,
                        jfif -> jfif.with(7, 1)
                                .with(9, 300 - 256)
                                .with(8, 1)
                                .with(10, 0)
                                .with(11, 150))
                .toBytes();
        for (Compression way : WAYS) {
            byte[] jfif =
                    JpegParts.of(Engines.made(source, way)).first(Markers.APP0).payload();
            assertThat(Arrays.copyOfRange(jfif, 7, 12)).as("%s", way).isEqualTo(JpegParts.bytes(1, 1, 44, 0, 150));
        }
    }

    @Test
    void aQuarterTurnSwapsTheDensities() {
        byte[] jpeg = JpegParts.of(plain("-quality", "92"))
                .change(Markers.APP0, jfif -> jfif.with(7, 1).with(9, 72).with(11, 36))
                .toBytes();
        byte[] source = TestImages.withSegments(jpeg, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6)));
        byte[] jfif = JpegParts.of(Engines.made(source, Compression.DEFAULT))
                .first(Markers.APP0)
                .payload();
        assertThat(Arrays.copyOfRange(jfif, 7, 12)).isEqualTo(JpegParts.bytes(1, 0, 36, 0, 72));
    }

    @Test
    void nothingPrivateOfTheCorpusGetsOut() {
        List<Path> files = CorpusJpegs.all().stream()
                .filter(file -> file.toString().contains("jpeg-conformance/metadata")
                        || file.toString().contains("gainmap")
                        || file.toString().contains("trailing-garbage"))
                .toList();
        assertThat(files).hasSizeGreaterThan(4);
        for (Path file : files) {
            byte[] made = Engines.through(CorpusJpegs.read(file), Compression.DEFAULT)
                    .image()
                    .bytes();
            assertThat(markers(made).stream()
                            .filter(marker -> !PICTURE.contains(marker))
                            .collect(Collectors.toSet()))
                    .as("%s", file)
                    .isSubsetOf(Set.of(Markers.APP0 + 2));
            assertThat(payloads(made, Markers.APP0 + 2, "MPF")).isEmpty();
        }
    }
}
