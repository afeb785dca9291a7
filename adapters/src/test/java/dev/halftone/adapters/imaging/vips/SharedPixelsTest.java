package dev.halftone.adapters.imaging.vips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.adapters.imaging.Seen;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.engine.ImageEngine;
import dev.halftone.domain.engine.OpenedSource;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRules;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Several pipelines over one opened source.
class SharedPixelsTest {
    private static final PixelSize SIZE = new PixelSize(600, 450);
    private static final TransformReader READER =
            new TransformReader(new TransformRules(Presets.NONE, false, Set.of(ImageFormat.PNG)));
    private static final List<Pipeline> PIPELINES = Stream.of(
                    "w=300&fm=png",
                    "w=70&h=70&fit=crop&fm=png",
                    "rot=90&w=60&fm=png",
                    "w=100&rect=0,0,300,225&fm=png",
                    "w=700&h=700&fit=scale&fm=png")
            .map(query -> READER.read(query).over(ImageFormat.JPEG, SIZE))
            .toList();

    static Stream<Arguments> enginesAndFormats() {
        return Stream.of(Vips.ENGINE, Vips.AWT)
                .flatMap(engine -> Stream.of("jpg", "png", "jpg turned").map(kind -> Arguments.of(engine, kind)));
    }

    private static SourceImage source(String kind) {
        boolean turned = kind.endsWith("turned");
        BufferedImage picture = turned
                ? TestImages.quarters(SIZE.height(), SIZE.width())
                : TestImages.quarters(SIZE.width(), SIZE.height());
        byte[] bytes = kind.equals("png") ? TestImages.written(picture, "png") : TestImages.jpeg(picture, 0.95f);
        return Vips.source(
                turned
                        ? TestImages.withSegments(bytes, TestImages.segment(0xe1, "Exif\0\0", TestImages.exif(6)))
                        : bytes);
    }

    private static EngineResult alone(ImageEngine engine, SourceImage source, Pipeline pipeline) {
        return engine.run(source, pipeline, Map.of(), ImageLimits.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("enginesAndFormats")
    void giveWhatEachGivesAlone(ImageEngine engine, String kind) {
        SourceImage source = source(kind);
        try (OpenedSource opened = engine.open(source, PIPELINES, Map.of(), ImageLimits.DEFAULT)) {
            for (Pipeline pipeline : PIPELINES) {
                assertAlike(opened.run(pipeline, ImageLimits.DEFAULT), alone(engine, source, pipeline));
            }
        }
    }

    /// After the first run the file's pixels are destroyed: whoever read them again would show it.
    @ParameterizedTest
    @MethodSource("enginesAndFormats")
    void decodeTheSourceOnce(ImageEngine engine, String kind) {
        SourceImage source = source(kind);
        Pipeline last = PIPELINES.getLast();
        EngineResult expected = alone(engine, source, last);
        try (OpenedSource opened = engine.open(source, PIPELINES, Map.of(), ImageLimits.DEFAULT)) {
            opened.run(PIPELINES.getFirst(), ImageLimits.DEFAULT);
            byte[] bytes = source.bytes();
            Arrays.fill(bytes, bytes.length / 2, bytes.length - 20, (byte) 0);

            assertAlike(opened.run(last, ImageLimits.DEFAULT), expected);
        }
    }

    private static void assertAlike(EngineResult result, EngineResult expected) {
        Seen one = Seen.of(result);
        Seen other = Seen.of(expected);
        assertThat(one.width()).isEqualTo(other.width());
        assertThat(one.height()).isEqualTo(other.height());
        for (int y = 1; y < 8; y += 2) {
            for (int x = 1; x < 8; x += 2) {
                int left = one.width() * x / 8;
                int top = one.height() * y / 8;
                for (int shift = 0; shift < 24; shift += 8) {
                    assertThat(mean(one, left, top, shift))
                            .as(one.size() + " at " + left + "," + top + " bit " + shift)
                            .isCloseTo(mean(other, left, top, shift), within(4.0));
                }
            }
        }
    }

    /// Over a few pixels: a palette mixes its colours.
    private static double mean(Seen picture, int left, int top, int shift) {
        double sum = 0;
        for (int y = top - 2; y <= top + 2; y++) {
            for (int x = left - 2; x <= left + 2; x++) {
                sum += picture.at(x, y) >> shift & 255;
            }
        }
        return sum / 25;
    }
}
