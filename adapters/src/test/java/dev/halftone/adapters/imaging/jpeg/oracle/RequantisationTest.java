package dev.halftone.adapters.imaging.jpeg.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.fixture.InParallel;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.adapters.imaging.jpeg.fixture.Transcoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Requantisation against decoding and encoding again, and its two paths against each other.
class RequantisationTest {
    /// Rounding for bytes per quality costs a little at the same tables.
    private static final double LOSS = 0.6;

    /// How `cjpeg` keeps the sampling of a class.
    private static final Map<String, List<String>> SAMPLING = Map.ofEntries(
            Map.entry("gray", List.of("-grayscale")),
            Map.entry("4:2:0", List.of("-sample", "2x2")),
            Map.entry("4:2:2", List.of("-sample", "2x1")),
            Map.entry("4:4:4", List.of("-sample", "1x1")),
            Map.entry("4:4:0", List.of("-sample", "1x2")),
            Map.entry("4:1:1", List.of("-sample", "4x1")),
            Map.entry("4:1:0", List.of("-sample", "4x2")),
            Map.entry("Cb only subsampled", List.of("-sample", "2x2,1x1,2x2")),
            Map.entry("RGB", List.of("-rgb")),
            Map.entry("restart every MCU", List.of("-sample", "2x2")),
            Map.entry("scan for each component", List.of("-sample", "2x2")),
            Map.entry("two scans, restarts", List.of("-sample", "2x2")),
            Map.entry("progressive 4:2:0", List.of("-sample", "2x2")),
            Map.entry("progressive 4:4:4", List.of("-sample", "1x1")),
            Map.entry("progressive, three bits deep", List.of("-sample", "2x2")));

    private record Case(String name, byte[] file, int quality) {}

    @Test
    void bothPathsMakeTheSameFile() {
        List<String> compared = new ArrayList<>();
        MadeJpegs.classes(117, 83, 90).forEach((name, file) -> {
            if (!Transcoding.isFused(file)) {
                return;
            }
            for (int quality : new int[] {10, 50, 75, 95}) {
                byte[][] files = Transcoding.onBothPaths(file, quality);
                assertThat(files[0]).as("%s at quality %d", name, quality).isEqualTo(files[1]);
            }
            compared.add(name);
        });
        assertThat(compared).contains("gray", "4:2:0", "4:4:0", "RGB", "YCCK", "CMYK", "restart every MCU");
    }

    /// A class coded as one scan, as several and progressively has the same coefficients.
    @Test
    void theWayAPictureWasCodedChangesNothing() {
        Map<String, byte[]> made = MadeJpegs.classes(117, 83, 90);
        for (int quality : new int[] {30, 60}) {
            Pixels expected = Libjpeg.pixels(Transcoding.requantise(MadeJpegs.named(made, "4:2:0"), quality)
                    .file());
            for (String same : List.of(
                    "optimised",
                    "restart every row",
                    "scan for each component",
                    "two scans, restarts",
                    "progressive 4:2:0",
                    "progressive, restarts",
                    "progressive, three bits deep")) {
                byte[] output = Transcoding.requantise(MadeJpegs.named(made, same), quality)
                        .file();
                assertThat(Libjpeg.pixels(output).farthest(expected)).as(same).isZero();
            }
        }
    }

    @Test
    void isNoFartherFromTheSourceThanEncodingItsPixelsAgain() {
        Map<String, byte[]> made = MadeJpegs.classes(352, 288, 92);
        List<Case> cases = SAMPLING.keySet().stream()
                .sorted()
                .flatMap(name -> List.of(30, 50, 80).stream()
                        .map(quality -> new Case(name, MadeJpegs.named(made, name), quality)))
                .toList();
        assertThat(InParallel.problems(cases, RequantisationTest::compared)).isEmpty();
    }

    private static Optional<String> compared(Case one) {
        Pixels source = Libjpeg.pixels(one.file);
        List<String> options = new ArrayList<>(SAMPLING.getOrDefault(one.name, List.of()));
        options.addAll(List.of("-quality", Integer.toString(one.quality), "-optimize"));
        byte[] again = Libjpeg.encode(source.toPnm(), options.toArray(String[]::new));
        byte[] ours = Transcoding.requantise(one.file, one.quality).file();
        double theirs = source.psnr(Libjpeg.pixels(again));
        double own = source.psnr(Libjpeg.pixels(ours));
        return own >= theirs - LOSS
                ? Optional.empty()
                : Optional.of("%s at quality %d: %.2f dB, encoded again %.2f dB"
                        .formatted(one.name, one.quality, own, theirs));
    }
}
