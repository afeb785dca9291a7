package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.InParallel;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.Profile;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `progressive`, `profile` and `effort` change how a picture is written, and keep what was promised.
class EncodingTest {
    private static final Map<String, byte[]> MADE = MadeJpegs.classes(352, 288, 92);
    private static final List<String> YCBCR = List.of("4:2:0", "4:2:2", "4:4:4", "4:4:0");

    private static Compression at(int quality, Encoding encoding) {
        return Compression.DEFAULT.withQuality(quality).withEncoding(encoding);
    }

    /// Sampling factors of each component, as the frame header has them.
    private static List<Integer> sampling(byte[] jpeg) {
        JpegParts parts = JpegParts.of(jpeg);
        boolean progressive = parts.all(Markers.SOF0).isEmpty();
        byte[] frame = parts.first(progressive ? Markers.SOF2 : Markers.SOF0).payload();
        List<Integer> factors = new ArrayList<>();
        for (int i = 0; i < frame[5]; i++) {
            factors.add((int) frame[7 + 3 * i]);
        }
        return factors;
    }

    @Test
    void progressiveOutputHasThePixelsOfBaseline() {
        MADE.forEach((name, source) -> {
            if (name.contains("CMYK") || name.contains("YCCK")) {
                return;
            }
            for (Encoding encoding : List.of(Encoding.DEFAULT, Engines.BEST, Engines.SMALLEST, Engines.SMALLEST_BEST)) {
                byte[] baseline = Engines.made(source, at(60, encoding));
                byte[] progressive =
                        Engines.made(source, at(60, new Encoding(encoding.profile(), encoding.effort(), true)));
                assertThat(Libjpeg.pixels(progressive).farthest(Libjpeg.pixels(baseline)))
                        .as("%s %s", name, encoding)
                        .isZero();
                assertThat(JpegParts.of(baseline).all(Markers.SOF2)).as(name).isEmpty();
                assertThat(JpegParts.of(progressive).all(Markers.SOF2)).as(name).hasSize(1);
                assertThat(progressive.length).as(name).isLessThan(baseline.length);
            }
        });
    }

    @Test
    void smallestFoldsChromaAndIsSmaller() {
        for (String name : YCBCR) {
            byte[] source = MadeJpegs.named(MADE, name);
            for (int quality : new int[] {30, 50, 75}) {
                byte[] standard = Engines.made(source, at(quality, Encoding.DEFAULT));
                byte[] smallest = Engines.made(source, at(quality, Engines.SMALLEST));
                assertThat(sampling(standard)).isEqualTo(sampling(source));
                assertThat(sampling(smallest)).as(name).containsExactly(0x22, 0x11, 0x11);
                assertThat(smallest.length).as("%s at %d", name, quality).isLessThan(standard.length);
            }
        }
    }

    /// The one is folded while it is read, the other as a whole.
    @Test
    void foldsASequentialFileAsTheSamePictureInScans() {
        for (String name : List.of("4:4:4", "4:2:2", "4:4:0")) {
            byte[] source = MadeJpegs.named(MADE, name);
            byte[] scans = Libjpeg.transcode(source, "-progressive");
            for (Encoding encoding : List.of(Engines.SMALLEST, new Encoding(Profile.SMALLEST, Effort.FAST, true))) {
                assertThat(Engines.made(source, at(50, encoding)))
                        .as("%s %s", name, encoding)
                        .isEqualTo(Engines.made(scans, at(50, encoding)));
            }
        }
    }

    @Test
    void profileAndEffortAreIndependent() {
        for (String name : List.of("4:2:0", "4:4:4", "progressive 4:2:0")) {
            byte[] source = MadeJpegs.named(MADE, name);
            byte[] smallest = Engines.made(source, at(50, Engines.SMALLEST));
            byte[] both = Engines.made(source, at(50, Engines.SMALLEST_BEST));
            assertThat(tables(both)).as(name).isEqualTo(tables(smallest));
            assertThat(sampling(both)).as(name).isEqualTo(sampling(smallest));
            assertThat(both.length).as(name).isLessThan(smallest.length);
        }
    }

    @Test
    void smallestLeavesOtherColoursUnfolded() {
        assertThat(sampling(Engines.made(MadeJpegs.named(MADE, "RGB"), at(50, Engines.SMALLEST))))
                .containsExactly(0x11, 0x11, 0x11);
        assertThat(sampling(Engines.made(MadeJpegs.named(MADE, "gray"), at(50, Engines.SMALLEST))))
                .hasSize(1);
        assertThat(sampling(Engines.made(MadeJpegs.named(MADE, "4:1:1"), at(50, Engines.SMALLEST))))
                .containsExactly(0x41, 0x11, 0x11);
    }

    private record Odd(int width, int height, String sampling) {}

    /// Against the pixels of the source encoded anew at 4:2:0.
    @Test
    void foldsEverySmallSize() {
        List<Odd> sizes = new ArrayList<>();
        for (int width = 1; width <= 17; width++) {
            for (int height : new int[] {1, 2, 7, 8, 9, 15, 16, 17}) {
                for (String sampling : List.of("1x1", "2x1", "1x2")) {
                    sizes.add(new Odd(width, height, sampling));
                }
            }
        }
        assertThat(InParallel.problems(sizes, EncodingTest::folded)).isEmpty();
    }

    private static Optional<String> folded(Odd one) {
        byte[] picture = Pixels.photo(one.width, one.height, 3).toPnm();
        byte[] source = Libjpeg.encode(picture, "-quality", "97", "-sample", one.sampling);
        byte[] made = Engines.made(source, at(97, Engines.SMALLEST));
        Pixels before = Libjpeg.pixels(source);
        Pixels after = Libjpeg.pixels(made);
        Pixels again = Libjpeg.pixels(Libjpeg.encode(before.toPnm(), "-quality", "90", "-sample", "2x2"));
        boolean sampled = sampling(made).equals(List.of(0x22, 0x11, 0x11));
        double own = before.psnr(after);
        double theirs = before.psnr(again);
        return sampled && own >= theirs - 2
                ? Optional.empty()
                : Optional.of("%s: %.1f dB against %.1f, %s".formatted(one, own, theirs, sampling(made)));
    }

    /// At the same tables it may spend a little more where that buys more.
    @Test
    void bestIsSmallerOrMoreAlikeThanFast() {
        for (String name : List.of("gray", "4:2:0", "4:2:2", "4:4:4", "RGB", "progressive 4:2:0")) {
            byte[] source = MadeJpegs.named(MADE, name);
            Pixels before = Libjpeg.pixels(source);
            for (int quality : new int[] {20, 50, 75, 85}) {
                byte[] fast = Engines.made(source, at(quality, Encoding.DEFAULT));
                byte[] best = Engines.made(source, at(quality, Engines.BEST));
                double loss = before.psnr(Libjpeg.pixels(fast)) - before.psnr(Libjpeg.pixels(best));
                assertThat(best.length <= fast.length || loss < 0)
                        .as("%s at %d: %d bytes after %d, %.2f dB lost", name, quality, best.length, fast.length, loss)
                        .isTrue();
                assertThat(best.length).as("%s at %d", name, quality).isLessThan(fast.length * 102 / 100);
                assertThat(loss).as("%s at %d", name, quality).isLessThan(0.4);
                assertThat(tables(best)).as("%s at %d", name, quality).isEqualTo(tables(fast));
            }
        }
    }

    private static List<String> tables(byte[] jpeg) {
        return JpegParts.of(jpeg).all(Markers.DQT).stream()
                .map(part -> HexFormat.of().formatHex(part.payload()))
                .toList();
    }

    @Test
    void everyEncodingOfEveryClassDecodesWithoutAWarning() {
        List<Encoding> encodings = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            for (Effort effort : Effort.values()) {
                encodings.add(new Encoding(profile, effort, false));
                encodings.add(new Encoding(profile, effort, true));
            }
        }
        MadeJpegs.classes(57, 43, 90).forEach((name, source) -> {
            if (name.contains("CMYK") || name.contains("YCCK")) {
                return;
            }
            for (Encoding encoding : encodings) {
                byte[] made = Engines.made(source, at(40, encoding));
                assertThat(Libjpeg.decode(made).said())
                        .as("%s %s", name, encoding)
                        .isEmpty();
            }
        });
    }
}
