package dev.halftone.adapters.imaging.jpeg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.codec.Markers;
import dev.halftone.adapters.imaging.jpeg.fixture.JpegParts;
import dev.halftone.adapters.imaging.jpeg.fixture.Libjpeg;
import dev.halftone.adapters.imaging.jpeg.fixture.MadeJpegs;
import dev.halftone.domain.pipeline.Compression;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `quality=lossless`: every other option may change bytes, none the pixels.
class LosslessTest {
    @Test
    void everyClassKeepsItsPixelsWhateverElseIsAsked() {
        MadeJpegs.classes(117, 83, 85).forEach((name, source) -> {
            for (Compression way : List.of(
                    Engines.LOSSLESS,
                    Engines.LOSSLESS.withEncoding(Engines.PROGRESSIVE),
                    Engines.LOSSLESS.withEncoding(Engines.SMALLEST),
                    Engines.LOSSLESS.withEncoding(Engines.BEST))) {
                byte[] made = Engines.made(source, way);
                assertThat(Libjpeg.pixels(made).farthest(Libjpeg.pixels(source)))
                        .as("%s %s", name, way.encoding())
                        .isZero();
                assertThat(JpegParts.of(made).all(Markers.DHT)).isNotEmpty();
            }
        });
    }

    @Test
    void standardTablesBecomeSmaller() {
        MadeJpegs.classes(117, 83, 85).forEach((name, source) -> {
            boolean several = name.contains("progressive") || name.contains("scan");
            if (!several && !name.equals("optimised") && !name.equals("YCCK") && !name.equals("CMYK")) {
                assertThat(Engines.made(source, Engines.LOSSLESS).length)
                        .as(name)
                        .isLessThan(source.length);
            }
        });
    }
}
