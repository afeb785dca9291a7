package dev.halftone.adapters.imaging.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.iptc.IptcDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.container.WebpFile;
import dev.halftone.adapters.imaging.jpeg.JpegTranscodeEngine;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.TargetFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What another program reads in the outputs: metadata-extractor, over the whole file. Every source has all
/// there is of metadata in its format, and a page of HTML behind its end.
class ForeignReaderTest {
    private static final EngineChain CHAIN = new EngineChain(
            List.of(new JpegTranscodeEngine(), new AwtEngine()), new ContainerOriginalKeeper(), System::nanoTime);

    /// What a file is made of, and colours.
    private static final Set<String> STRUCTURE = Set.of(
            "File Type",
            "JPEG",
            "JFIF",
            "Huffman",
            "PNG-IHDR",
            "PNG-PLTE",
            "PNG-tRNS",
            "PNG-sRGB",
            "PNG-gAMA",
            "PNG-cHRM",
            "PNG Chromaticities",
            "PNG-iCCP",
            "ICC Profile",
            "WebP",
            "GIF Header",
            "GIF Control",
            "GIF Image");

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] xmp() {
        return ascii("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                + "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
                + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:source=\"SECRET-XMP\"/></rdf:RDF></x:xmpmeta>");
    }

    /// A Photoshop block with one IPTC entry, the city (2:90).
    private static byte[] iptc() {
        byte[] entry = ascii("\34\2\132\0\13SECRET-CITY");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("8BIM\4\4\0\0\0\0\0" + (char) entry.length));
        out.writeBytes(entry);
        return out.toByteArray();
    }

    private static byte[] source(String format) {
        byte[] plain = format.equals("jpeg")
                ? TestImages.jpeg(TestImages.quarters(96, 64), 0.95f)
                : TestImages.written(TestImages.quarters(96, 64), format);
        byte[] dressed = switch (format) {
            case "jpeg" ->
                TestImages.withSegments(
                        plain,
                        TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(1)),
                        TestImages.segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", xmp()),
                        TestImages.segment(0xed, "Photoshop 3.0\0", iptc()),
                        TestImages.segment(0xfe, "SECRET-COMMENT", new byte[0]));
            case "png" ->
                TestImages.withChunks(
                        plain,
                        PngFile.chunk("eXIf", TestImages.exif(1)),
                        PngFile.chunk("tEXt", ascii("Author\0SECRET-AUTHOR")),
                        PngFile.chunk("iTXt", ascii("XML:com.adobe.xmp\0\0\0\0\0" + new String(xmp(), ISO_8859_1))));
            case "webp" ->
                WebpFile.assembled(
                        plain,
                        Optional.empty(),
                        new dev.halftone.adapters.imaging.container.Metadata(
                                Optional.of(TestImages.exif(1)), Optional.of(xmp()), Optional.empty(), List.of()));
            default -> {
                ByteArrayOutputStream gif = new ByteArrayOutputStream();
                gif.write(plain, 0, plain.length - 1);
                gif.writeBytes(ascii("!\u00fe\16SECRET-COMMENT\0;"));
                yield gif.toByteArray();
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(dressed);
        out.writeBytes(ascii("<html><script>SECRET-TAIL</script>"));
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "jpeg, KEEP, false", "jpeg, KEEP, true", "jpeg, JPEG, false", "jpeg, PNG, false", "jpeg, WEBP, false",
        "png, KEEP, false", "png, KEEP, true", "png, JPEG, false", "png, PNG, false", "png, WEBP, false",
        "webp, KEEP, false", "webp, KEEP, true", "webp, JPEG, false", "webp, PNG, false", "webp, WEBP, true",
        "gif, KEEP, false", "gif, KEEP, true", "gif, JPEG, false", "gif, PNG, true", "gif, WEBP, false",
    })
    void findsNothingOfTheSourceInTheOutput(String from, TargetFormat to, boolean exact) throws Exception {
        byte[] source = source(from);
        assertThat(said(source)).as("the source has it all").contains("SECRET");
        Compression asked = Compression.DEFAULT.withFormat(to).withMetadata(MetadataPolicy.STRIP);
        Compression compression = exact ? asked.withTarget(new CompressionTarget.Lossless()) : asked;

        EncodedImage made = CHAIN.convert(
                        new SourceImage(ImageFormat.sniff(source).orElseThrow(), source),
                        Pipeline.of(compression),
                        Map.of(),
                        ImageLimits.DEFAULT)
                .image();

        assertThat(directories(made.bytes())).extracting(Directory::getName).isSubsetOf(STRUCTURE);
        assertThat(TestImages.contains(made.bytes(), "SECRET")).isFalse();
        assertThat(TestImages.contains(made.bytes(), "<script>")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "png", "webp"})
    void findsAllThatWasAskedFor(String from) throws Exception {
        byte[] source = source(from);
        EncodedImage made = CHAIN.compress(
                        new SourceImage(ImageFormat.sniff(source).orElseThrow(), source),
                        Compression.DEFAULT.withMetadata(MetadataPolicy.KEEP),
                        ImageLimits.DEFAULT)
                .image();
        List<Directory> directories = directories(made.bytes());
        assertThat(directories).hasAtLeastOneElementOfType(GpsDirectory.class);
        assertThat(directories).hasAtLeastOneElementOfType(XmpDirectory.class);
        if (from.equals("jpeg")) {
            assertThat(directories).hasAtLeastOneElementOfType(IptcDirectory.class);
        }
        assertThat(TestImages.contains(made.bytes(), "SECRET-TAIL")).isFalse();
    }

    private static List<Directory> directories(byte[] bytes) throws IOException, ImageProcessingException {
        Metadata metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes));
        return StreamSupport.stream(metadata.getDirectories().spliterator(), false)
                .toList();
    }

    private static String said(byte[] bytes) throws IOException, ImageProcessingException {
        StringBuilder all = new StringBuilder();
        for (Directory directory : directories(bytes)) {
            directory.getTags().forEach(tag -> all.append(tag.getDescription()).append('\n'));
            if (directory instanceof XmpDirectory xmp) {
                all.append(xmp.getXmpProperties());
            }
        }
        return all.toString();
    }
}
