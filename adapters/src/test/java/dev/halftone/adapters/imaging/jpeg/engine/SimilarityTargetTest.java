package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.codec.QuantTable;
import dev.halftone.adapters.imaging.jpeg.fixture.CorpusJpegs;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.Pixels;
import dev.halftone.adapters.imaging.similarity.StripSsim;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.Encoding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `targetSsim`: what libjpeg-turbo decodes is as similar as asked for, and not by more than need be.
class SimilarityTargetTest {
    private static final double[] TARGETS = {0.85, 0.95, 0.98};

    /// Of the luma, as `djpeg` decodes it.
    private static double ssim(byte[] source, byte[] made) {
        Pixels before = Libjpeg.luma(source);
        Pixels after = Libjpeg.luma(made);
        return StripSsim.of(before.width(), before.height(), before.samples(), after.samples());
    }

    private static Map<String, byte[]> pictures() {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        byte[] photo = Pixels.photo(352, 288, 3).toPnm();
        pictures.put("4:2:0", Libjpeg.encode(photo, "-quality", "95"));
        pictures.put("4:4:4", Libjpeg.encode(photo, "-quality", "97", "-sample", "1x1"));
        pictures.put("gray", Libjpeg.encode(photo, "-quality", "95", "-grayscale"));
        pictures.put("progressive", Libjpeg.encode(photo, "-quality", "95", "-progressive"));
        pictures.put("odd size", Libjpeg.encode(Pixels.photo(203, 157, 3).toPnm(), "-quality", "95"));
        pictures.put("small", Libjpeg.encode(Pixels.photo(41, 33, 3).toPnm(), "-quality", "95"));
        if (CorpusJpegs.isPresent()) {
            for (Path file : CorpusJpegs.all()) {
                if (file.toString().matches(".*/photos/(mei-Canon|mei-HTC|sylius-ford|wuffs-hib|mei-Apple).*")) {
                    pictures.put(file.getFileName().toString(), CorpusJpegs.read(file));
                }
            }
        }
        return pictures;
    }

    /// On the scale of the group's tables: the highest with no step below the file's.
    private static int quality(byte[] made) {
        byte[] after = JpegParts.of(made).first(Markers.DQT).payload();
        for (int quality = 100; quality > 1; quality--) {
            QuantTable table = QuantTable.luminance(quality);
            boolean coarser = true;
            for (int k = 0; k < 64; k++) {
                coarser &= table.step(k) >= (after[1 + k] & 0xff);
            }
            if (coarser) {
                return quality;
            }
        }
        return 1;
    }

    @Test
    void keepsTheSimilarityAndNoMore() {
        pictures().forEach((name, source) -> {
            for (double target : TARGETS) {
                byte[] made = Engines.made(source, Engines.similarity(target));
                assertThat(ssim(source, made)).as("%s at %s", name, target).isGreaterThanOrEqualTo(target);
                int lower = quality(made) - 3;
                // Of few blocks, one that happens to be kept well makes a lower quality the better one.
                if (lower >= 1 && !name.equals("small")) {
                    byte[] coarser = Engines.made(source, Compression.DEFAULT.withQuality(lower));
                    assertThat(ssim(source, coarser))
                            .as("%s at %s, quality %d", name, target, lower)
                            .isLessThan(target);
                }
            }
        });
    }

    @Test
    void everyEncodingKeepsTheSimilarity() {
        Map<String, byte[]> pictures = pictures();
        for (String name : List.of("4:2:0", "4:4:4", "gray")) {
            byte[] source = Objects.requireNonNull(pictures.get(name));
            for (Encoding encoding :
                    List.of(Engines.BEST, Engines.SMALLEST, Engines.SMALLEST_BEST, Engines.PROGRESSIVE)) {
                byte[] made = Engines.made(source, Engines.similarity(0.95).withEncoding(encoding));
                assertThat(ssim(source, made)).as("%s %s", name, encoding).isBetween(0.95, 0.957);
            }
        }
    }

    @Test
    void whatNoQualityKeepsStaysAsItIs() {
        byte[] source = Libjpeg.encode(Pixels.photo(352, 288, 3).toPnm(), "-quality", "40");
        byte[] made = Engines.made(source, Engines.similarity(0.999999));
        assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(source))).isZero();
    }
}
