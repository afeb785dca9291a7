package dev.halftone.domain.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformStepsTest {
    private static final PixelSize SOURCE = new PixelSize(300, 200);
    private static final TransformReader READER = new TransformReader(
            new TransformRules(Presets.NONE, false, Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP)));

    private static Pipeline of(String query) {
        return READER.read(query).over(ImageFormat.JPEG, SOURCE);
    }

    @ParameterizedTest
    @CsvSource({
        "w=100,100,",
        "h=100,,100",
        "w=100&h=100,100,100",
        "w=100&h=100&fit=clip,100,100",
        "w=150&h=100&fit=crop,150,100",
        "w=150&h=100&fit=scale,150,100",
        "w=150&h=100&fit=fill,150,100",
        "w=0.5,150,",
        "w=100&max-w=80,80,",
        "w=400,400,",
        "w=100&bg=fff,100,",
        "w=300&h=200&fit=crop,300,200",
        "max-h=50,,50"
    })
    void makesABareShrinkAMatterOfBounds(String query, Integer width, Integer height) {
        Pipeline pipeline = of(query);

        assertThat(pipeline.operations()).isEmpty();
        assertThat(pipeline.output().maxWidth()).isEqualTo(bound(width));
        assertThat(pipeline.output().maxHeight()).isEqualTo(bound(height));
    }

    private static OptionalInt bound(Integer pixels) {
        return pixels == null ? OptionalInt.empty() : OptionalInt.of(pixels);
    }

    @ParameterizedTest
    @CsvSource({
        "w=400&fit=clip,400x267",
        "w=100&h=100&fit=crop,100x100",
        "w=100&h=100&fit=fill,100x100",
        "w=100&h=100&fit=scale,100x100",
        "w=600&h=600&fit=min,200x200",
        "ar=1:1&fit=crop,200x200",
        "ar=3:1&fit=crop,300x100",
        "w=0.5&ar=1:1&fit=crop,150x150",
        "w=100&pad=5,110x77",
        "w=100&rot=90,100x150"
    })
    void bringsThePictureToItsSize(String query, String size) {
        Pipeline pipeline = of(query);

        assertThat(pipeline.output().over(pipeline.shown(SOURCE))).hasToString(size);
    }

    @Test
    void worksInTheOrderOfTheFamily() {
        Pipeline pipeline = READER.read("txt=a&sharp=20&blur=40&bg=f00&pad=3&w=50&h=50&fit=crop&flip=h&rot=90&trim=auto"
                        + "&rect=10,10,200,150&mark=0123456789abcdefghjkmnpqrs&fm=webp&q=60")
                .over(ImageFormat.PNG, SOURCE);

        assertThat(pipeline.operations().stream().map(Operation::getClass).map(Class::getSimpleName))
                .containsExactly(
                        "Crop",
                        "Trim",
                        "Rotate",
                        "Flip",
                        "Resize",
                        "Pad",
                        "Flatten",
                        "Blur",
                        "Sharpen",
                        "PictureMark",
                        "TextMark");
        assertThat(pipeline.operations())
                .contains(
                        new Operation.Crop(new Box(10, 10, 200, 150)),
                        new Operation.Trim(11),
                        new Operation.Rotate(90, new Rgba(0xffff0000)),
                        new Operation.Flip(true, false),
                        new Operation.Resize(
                                OptionalInt.of(50), OptionalInt.of(50), Fit.CROP, Gravity.CENTER, new Rgba(0xffff0000)),
                        new Operation.Blur(2),
                        new Operation.Sharpen(1, 1));
        assertThat(pipeline.output().format()).isEqualTo(TargetFormat.WEBP);
        assertThat(pipeline.output().target())
                .isEqualTo(new CompressionTarget.ToQuality(new dev.halftone.domain.image.Quality(60)));
    }

    @Test
    void cropsWhereDetailIs() {
        assertThat(of("w=50&h=40&fit=crop&crop=edges").operations())
                .containsExactly(new Operation.SmartCrop(new PixelSize(50, 40)));
        assertThat(of("w=50&h=40&fit=crop&fp-x=0.2&fp-y=0.9").operations())
                .containsExactly(new Operation.Resize(
                        OptionalInt.of(50), OptionalInt.of(40), Fit.CROP, new Gravity(0.2, 0.9), Rgba.CLEAR));
    }

    @Test
    void measuresTextInPixelsOfTheResult() {
        Operation.TextMark mark =
                (Operation.TextMark) of("txt=a&txt-size=20&w=150").operations().getLast();

        assertThat(mark.scale()).isEqualTo(0.2);
    }

    @Test
    void laysOnlyWhatMayBeClearOnAColour() {
        assertThat(of("bg=fff").operations()).isEmpty();
        assertThat(READER.read("bg=fff").over(ImageFormat.PNG, SOURCE).operations())
                .containsExactly(new Operation.Flatten(Rgba.WHITE));
    }

    @Test
    void refusesAPartThatThePictureDoesNotHave() {
        assertThat(of("rect=290,0,100,100").operations()).containsExactly(new Operation.Crop(new Box(290, 0, 10, 100)));
        assertThatThrownBy(() -> of("rect=300,0,10,10"))
                .isInstanceOf(TransformRefused.class)
                .hasMessage("rect: 300,0,10,10 lies outside of the picture, which has 300x200 pixels");
    }

    @Test
    void writesProgressiveJpegByName() {
        assertThat(of("w=9&fm=pjpg").output().encoding().progressive()).isTrue();
        assertThat(of("w=9&fm=jpg").output().encoding().progressive()).isFalse();
    }
}
