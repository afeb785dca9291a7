package dev.halftone.adapters.imaging.jpeg.codec.scaled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.container.JpegFile;
import dev.halftone.adapters.imaging.jpeg.codec.JpegStream;
import dev.halftone.adapters.imaging.jpeg.codec.RefusedException;
import dev.halftone.adapters.imaging.jpeg.codec.parse.StructureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// libjpeg-turbo's own decoder is the reference: every sample must be the same at every scale.
class ScaledDecoderTest {
    private static final Path CORPORA = Path.of(System.getProperty("halftone.root", "."), "..", "shared", "corpora");

    @ParameterizedTest
    @ValueSource(strings = {"photos", "jpeg-conformance", "exif-orientation"})
    void everyFileOfTheCorpusDecodesAsLibjpegDoes(String folder) throws IOException {
        assumeTrue(Files.isDirectory(CORPORA.resolve(folder)), "the shared corpus is not beside the repository");
        List<Path> files;
        try (Stream<Path> all = Files.walk(CORPORA.resolve(folder))) {
            files = all.filter(path -> path.toString().matches(".*\\.(jpe?g|mpo)"))
                    .sorted()
                    .toList();
        }
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Path file : files) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                for (Scale scale : Scale.values()) {
                    compare(bytes, scale).ifPresent(what -> wrong.add(file.getFileName() + " " + scale + ": " + what));
                }
            } catch (RefusedException e) {
                refused.add(file.getFileName() + ": " + e.getMessage());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static java.util.Optional<String> compare(byte[] jpeg, Scale scale) {
        ScaledImage seen = decode(jpeg, scale);
        LibjpegTurbo.Answer answer = LibjpegTurbo.djpeg(jpeg, scale);
        if (seen instanceof ScaledImage.Four) {
            return java.util.Optional.empty();
        }
        if (answer.bytes().length == 0) {
            return java.util.Optional.of("only libjpeg-turbo refuses it: " + answer.complaint());
        }
        LibjpegTurbo.Pixmap wanted = LibjpegTurbo.pixmap(answer.bytes());
        if (wanted.width() != seen.width() || wanted.height() != seen.height()) {
            return java.util.Optional.of(
                    seen.width() + "x" + seen.height() + " for " + wanted.width() + "x" + wanted.height());
        }
        byte[] samples = samples(seen);
        int at = Arrays.mismatch(samples, wanted.samples());
        if (at < 0) {
            return java.util.Optional.empty();
        }
        int count = 0;
        int worst = 0;
        for (int i = 0; i < Math.min(samples.length, wanted.samples().length); i++) {
            int off = Math.abs((samples[i] & 255) - (wanted.samples()[i] & 255));
            count += off == 0 ? 0 : 1;
            worst = Math.max(worst, off);
        }
        int pixel = at / wanted.bands();
        return java.util.Optional.of("%d of %d samples differ by up to %d, first at %d,%d %s"
                .formatted(
                        count,
                        samples.length,
                        worst,
                        pixel % wanted.width(),
                        pixel / wanted.width(),
                        answer.complaint()));
    }

    static byte[] samples(ScaledImage image) {
        return switch (image) {
            case ScaledImage.Gray gray -> gray.samples();
            case ScaledImage.Four four -> four.samples();
            case ScaledImage.Rgb rgb -> {
                byte[] out = new byte[3 * rgb.pixels().length];
                for (int i = 0; i < rgb.pixels().length; i++) {
                    out[3 * i] = (byte) (rgb.pixels()[i] >> 16);
                    out[3 * i + 1] = (byte) (rgb.pixels()[i] >> 8);
                    out[3 * i + 2] = (byte) rgb.pixels()[i];
                }
                yield out;
            }
        };
    }

    static ScaledImage decode(byte[] jpeg, Scale scale) {
        JpegStream stream = StructureReader.read(jpeg, Integer.MAX_VALUE);
        return ScaledDecoder.decode(stream, scale, colours(jpeg), () -> {});
    }

    /// The rules of libjpeg-turbo.
    private static Colours colours(byte[] jpeg) {
        JpegFile file = JpegFile.parse(jpeg);
        return switch (file.frame().components()) {
            case 1 -> Colours.GRAY;
            case 4 -> Colours.FOUR;
            default -> {
                boolean rgb = !file.hasJfif()
                        && file.adobeTransform()
                                .map(transform -> transform == 0)
                                .orElseGet(() -> Arrays.equals(file.frame().ids(), new int[] {'R', 'G', 'B'}));
                yield rgb ? Colours.RGB : Colours.YCBCR;
            }
        };
    }
}
