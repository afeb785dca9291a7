package dev.halftone.adapters.imaging.jpeg.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Refusal;
import dev.halftone.adapters.imaging.jpeg.codec.Refusal.Kind;
import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.InParallel;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Refused;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding.Taken;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Lossless mode against libjpeg-turbo: the output decodes to the same bytes as the input.
class LosslessOracleTest {
    /// What libjpeg-turbo decodes without a word and the codec does not take, with what the refusal names.
    private static final Map<String, Expected> REFUSED = Map.ofEntries(
            Map.entry("arithmetic.jpg", new Expected(Kind.UNSUPPORTED, "SOF9 (arithmetic")),
            Map.entry("arithmetic-progressive.jpg", new Expected(Kind.UNSUPPORTED, "SOF10 (arithmetic")),
            Map.entry("ljt-testimgari.jpg", new Expected(Kind.UNSUPPORTED, "SOF9 (arithmetic")),
            Map.entry("mjpeg-no-dht.jpg", new Expected(Kind.UNSUPPORTED, "a Huffman table for component 1")),
            Map.entry("tm-dnl-marker.jpg", new Expected(Kind.UNSUPPORTED, "(DNL)")),
            Map.entry("progressive-dc-only.jpg", new Expected(Kind.UNSUPPORTED, "coefficient 1 of component 1 has no")),
            Map.entry(
                    "progressive-96-scans-truncated-chroma.jpg",
                    new Expected(Kind.UNSUPPORTED, "coefficient 17 of component 2 has no scan")),
            Map.entry("bomb-jpeg-scans-4096x4096-x400.jpg", new Expected(Kind.DAMAGED, "no further scan")),
            Map.entry("tm-duplicate-component-ids.jpg", new Expected(Kind.DAMAGED, "an id for each component")),
            Map.entry("wuffs-hippopotamus-bad-comment-length.jpeg", new Expected(Kind.DAMAGED, "a segment length")));

    /// libjpeg-turbo warns of these, of metadata only.
    private static final List<String> TAKEN_WITH_WARNING = List.of("tm-exif-jfif-app13-app14ycck-3channel.jpg");

    private record Expected(Kind kind, String says) {
        boolean matches(Refusal refusal) {
            return refusal.kind() == kind && refusal.toString().contains(says);
        }
    }

    @Test
    void everyCleanFileOfTheCorpusKeepsItsPixels() {
        assertThat(InParallel.problems(CorpusJpegs.all(), LosslessOracleTest::judged))
                .isEmpty();
    }

    @Test
    void everyMadeClassKeepsItsPixels() {
        Map<String, byte[]> made = MadeJpegs.classes(117, 83, 85);
        assertThat(InParallel.problems(
                        made.entrySet(),
                        one -> samePixels(one.getKey(), one.getValue(), Libjpeg.decode(one.getValue()))))
                .isEmpty();
    }

    private static Optional<String> judged(Path path) {
        String name = path.getFileName().toString();
        byte[] file = CorpusJpegs.read(path);
        return switch (Transcoding.lossless(file)) {
            case Refused refused -> refusal(name, file, refused.refusal());
            case Taken taken -> samePixels(name, file, Libjpeg.decode(file));
        };
    }

    private static Optional<String> refusal(String name, byte[] file, Refusal refusal) {
        if (refusal.expected().equals("at most " + Transcoding.MAX_PIXELS + " pixels")) {
            return Optional.empty();
        }
        Expected expected = REFUSED.get(name);
        boolean right = expected == null ? !Libjpeg.decode(file).isClean() : expected.matches(refusal);
        return right ? Optional.empty() : Optional.of(name + " is refused: " + refusal);
    }

    private static Optional<String> samePixels(String name, byte[] file, Libjpeg.Answer before) {
        if (REFUSED.containsKey(name) || !before.isClean() && !TAKEN_WITH_WARNING.contains(name)) {
            return Optional.of(name + " is taken; libjpeg-turbo says: " + before.said());
        }
        byte[] output = Transcoding.lossless(file).file();
        Libjpeg.Answer after = Libjpeg.decode(output);
        if (!after.isClean()) {
            return Optional.of(name + ": of the output libjpeg-turbo says " + after);
        }
        if (!Arrays.equals(before.output(), after.output())) {
            return Optional.of(name + ": other pixels");
        }
        return Optional.empty();
    }
}
