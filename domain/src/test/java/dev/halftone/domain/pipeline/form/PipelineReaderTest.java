package dev.halftone.domain.pipeline.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Box;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineReaderTest {

    private static Map<String, Object> op(String name, Object... parameters) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("operation", name);
        for (int i = 0; i < parameters.length; i += 2) {
            map.put((String) parameters[i], parameters[i + 1]);
        }
        return map;
    }

    private static Pipeline read(Object... operations) {
        return ((PipelineReader.Result.Good) PipelineReader.read(Arrays.asList(operations))).pipeline();
    }

    private static Operation one(String name, Object... parameters) {
        return read(op(name, parameters)).operations().getFirst();
    }

    private static List<String> mistakes(Object written) {
        return switch (PipelineReader.read(written)) {
            case PipelineReader.Result.Good good -> List.of();
            case PipelineReader.Result.Bad bad ->
                bad.mistakes().stream()
                        .map(mistake -> mistake.path() + " " + mistake.message())
                        .toList();
        };
    }

    private static List<String> mistakesOf(Object... operations) {
        return mistakes(Arrays.asList(operations));
    }

    @Test
    void readsEveryOperation() {
        assertThat(one("resize", "width", 800))
                .isEqualTo(new Operation.Resize(
                        OptionalInt.of(800), OptionalInt.empty(), Fit.MAX, Gravity.CENTER, Rgba.WHITE));
        assertThat(one("crop", "left", 1, "top", 2, "width", 30, "height", 40))
                .isEqualTo(new Operation.Crop(new Box(1, 2, 30, 40)));
        assertThat(one("crop", "width", 30, "height", 40, "gravity", "north"))
                .isEqualTo(new Operation.CropTo(new PixelSize(30, 40), new Gravity(0.5, 0)));
        assertThat(one("smartcrop", "width", 30, "height", 40))
                .isEqualTo(new Operation.SmartCrop(new PixelSize(30, 40)));
        assertThat(one("trim")).isEqualTo(new Operation.Trim(10));
        assertThat(one("rotate", "degrees", -90)).isEqualTo(new Operation.Rotate(270, Rgba.WHITE));
        assertThat(one("flip", "direction", "both")).isEqualTo(new Operation.Flip(true, true));
        assertThat(one("flip")).isEqualTo(new Operation.Flip(true, false));
        assertThat(one("pad", "top", 5, "background", "#102030"))
                .isEqualTo(new Operation.Pad(5, 0, 0, 0, new Rgba(0xff102030)));
        assertThat(one("blur", "sigma", 2.5)).isEqualTo(new Operation.Blur(2.5));
        assertThat(one("sharpen")).isEqualTo(new Operation.Sharpen(1, 1));
        assertThat(one("grayscale")).isEqualTo(new Operation.Grayscale());
        assertThat(one("flatten", "background", "black")).isEqualTo(new Operation.Flatten(Rgba.BLACK));
        assertThat(one("removebackground", "tolerance", 30)).isEqualTo(new Operation.RemoveBackground(30));
        assertThat(one("removebackground", "method", "flood")).isEqualTo(new Operation.RemoveBackground(24));
        assertThat(one("removebackground", "method", "model")).isEqualTo(new Operation.CutOut());
        assertThat(one("watermark", "imageId", "0".repeat(26), "opacity", 1))
                .isEqualTo(new Operation.PictureMark(
                        "0".repeat(26), new Operation.Placement(new Gravity(1, 1), 1, 16, false), 0.25));
    }

    @Test
    void aModelForBackgroundsHasNoTolerance() {
        assertThat(mistakesOf(Map.of("operation", "removebackground", "method", "model", "tolerance", 9)))
                .containsExactly("operations[0].tolerance belongs to the method flood; a model has none");
        assertThat(mistakesOf(Map.of("operation", "removebackground", "method", "magic")))
                .containsExactly("operations[0].method is one of flood or model, not \"magic\"");
    }

    @Test
    void takesParametersInAnObjectOfTheirOwn() {
        assertThat(read(Map.of("operation", "blur", "params", Map.of("sigma", 3)))
                        .operations())
                .containsExactly(new Operation.Blur(3));
        assertThat(mistakesOf(Map.of("operation", "blur", "params", Map.of("sigma", 0))))
                .containsExactly("operations[0].params.sigma is from 0.3 to 100, not 0");
        assertThat(mistakesOf(Map.of("operation", "blur", "sigma", 3, "params", Map.of("sigma", 3))))
                .containsExactly("operations[0].params is no parameter of this operation; it has sigma");
    }

    @Test
    void enlargeChoosesBetweenTheFitsThatDiffer() {
        assertThat(((Operation.Resize) one("resize", "width", 8, "enlarge", true)).fit())
                .isEqualTo(Fit.CLIP);
        assertThat(((Operation.Resize) one("resize", "width", 8, "fit", "cover", "enlarge", false)).fit())
                .isEqualTo(Fit.MIN);
        assertThat(mistakesOf(op("resize", "width", 8, "fit", "stretch", "enlarge", false)))
                .containsExactly("operations[0].enlarge can't be false with fit scale, which has the size exactly");
    }

    @Test
    void findsEveryMistakeWithItsPath() {
        assertThat(mistakesOf(
                        op("resize", "width", 0, "height", "tall", "fit", "snug"),
                        op("melt"),
                        op("resize"),
                        op("crop", "width", 4.5),
                        "blur",
                        Map.of("width", 3)))
                .containsExactly(
                        "operations[0].width is from 1 to 16383, not 0",
                        "operations[0].height is a whole number from 1 to 16383, not \"tall\"",
                        "operations[0].fit is one of max (inside), clip, crop (cover), min, fill (contain, pad),"
                                + " fillmax or scale (stretch), not \"snug\"",
                        "operations[1].operation is one of " + String.join(", ", PipelineReader.NAMES)
                                + ", not \"melt\"",
                        "operations[2] needs a width or a height",
                        "operations[3].width is a whole number from 1 to 16383, not 4.5",
                        "operations[3].height is needed",
                        "operations[4] is an object with an operation, not \"blur\"",
                        "operations[5].operation is needed: it is one of " + String.join(", ", PipelineReader.NAMES));
    }

    @Test
    void refusesUnknownParametersByName() {
        assertThat(mistakesOf(op("grayscale", "amount", 1), op("blur", "sigma", 1, "radius", 4)))
                .containsExactly(
                        "operations[0].amount is no parameter of this operation; it has none",
                        "operations[1].radius is no parameter of this operation; it has sigma");
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1_000_000})
    void refusesTooManyOperations(int count) {
        assertThat(mistakes(Collections.nCopies(count, op("grayscale"))))
                .containsExactly("operations has at most 32 operations, not " + count);
    }

    @Test
    void refusesWhatIsNoList() {
        assertThat(mistakes(Map.of())).singleElement().asString().startsWith("operations is a list of operations");
        assertThat(mistakes(Collections.singletonList(null)))
                .containsExactly("operations[0] is an object with an operation, not \"null\"");
    }

    @Test
    void countsNullsAsMissing() {
        Map<String, Object> resize = new HashMap<>(op("resize", "width", 5));
        resize.put("height", null);

        assertThat(read(resize).operations()).hasSize(1);
    }

    @Test
    void takesControlCharactersOutOfWatermarks() {
        assertThat(((Operation.TextMark) one("watermark", "text", " a\u0000b\nc\u009f\t")).text())
                .isEqualTo("ab\nc");
        assertThat(mistakesOf(op("watermark", "text", "\u0001\u0002")))
                .containsExactly("operations[0].text has 1 to 200 characters, not 0");
        assertThat(mistakesOf(op("watermark", "text", "x".repeat(201))))
                .containsExactly("operations[0].text has 1 to 200 characters, not 201");
    }

    @Test
    void aWatermarkIsATextOrAnImage() {
        assertThat(mistakesOf(op("watermark"))).containsExactly("operations[0] needs either a text or an imageId");
        assertThat(mistakesOf(op("watermark", "text", "a", "imageId", "0".repeat(26))))
                .containsExactly("operations[0] needs either a text or an imageId");
        assertThat(mistakesOf(op("watermark", "imageId", "../etc")))
                .containsExactly("operations[0].imageId is one of the ids of uploaded images, not \"../etc\"");
        assertThat(mistakesOf(op("watermark", "imageId", "0".repeat(26), "shadow", true)))
                .singleElement()
                .asString()
                .startsWith("operations[0].shadow is no parameter of this operation");
    }

    @Test
    void formatCompressAndStripSayHowTheResultIsWritten() {
        assertThat(read().output()).isEqualTo(Compression.DEFAULT.withQuality(75));
        assertThat(read(op("format", "type", "webp", "quality", 60)).output())
                .isEqualTo(Compression.DEFAULT.withQuality(60).withFormat(TargetFormat.WEBP));
        assertThat(read(op("format", "type", "png", "lossless", true)).output().target())
                .isEqualTo(new CompressionTarget.Lossless());
        assertThat(read(op("format", "type", "jpg"), op("compress", "targetBytes", 20_000))
                        .output())
                .isEqualTo(Compression.DEFAULT
                        .withFormat(TargetFormat.JPEG)
                        .withTarget(new CompressionTarget.ToBytes(20_000)));
        assertThat(read(op("compress", "metadata", "keep", "progressive", true), op("strip"))
                        .output()
                        .metadata())
                .isEqualTo(MetadataPolicy.STRIP);
        assertThat(read(op("compress")).output().target()).isEqualTo(new CompressionTarget.ToQuality(Quality.DEFAULT));
    }

    @Test
    void tellsTheMistakesOfCompressByTheirPaths() {
        assertThat(mistakesOf(op("compress", "quality", 101, "webhookUrl", "x")))
                .satisfiesExactlyInAnyOrder(
                        mistake -> assertThat(mistake)
                                .isEqualTo("operations[0].quality is lossless or a whole number from 1 to 100,"
                                        + " not \"101\""),
                        mistake -> assertThat(mistake).startsWith("operations[0].webhookUrl is no parameter"));
        assertThat(mistakesOf(op("format", "type", "gif", "quality", 5, "lossless", true)))
                .containsExactly(
                        "operations[0].type is one of keep, jpeg, png, webp or avif, not \"gif\"",
                        "operations[0].quality excludes lossless: give one of them");
    }

    @Test
    void whatIsWrittenReadsBackAsTheSame() {
        for (int seed = 0; seed < 300; seed++) {
            Pipeline pipeline = random(new Random(seed));

            assertThat(PipelineReader.read(PipelineForm.plain(pipeline)))
                    .isEqualTo(new PipelineReader.Result.Good(pipeline));
        }
    }

    @Test
    void onlyTheSameIsCanonicallyTheSame() {
        Pipeline quoted = read(op("watermark", "text", "a\",\"color\":\"red"));
        Pipeline plain = read(op("watermark", "text", "a", "color", "red"));

        assertThat(PipelineForm.canonical(quoted)).isNotEqualTo(PipelineForm.canonical(plain));
        assertThat(PipelineForm.canonical(read(op("flip", "direction", "horizontal"))))
                .isEqualTo(PipelineForm.canonical(read(op("flip"))));
    }

    private static Pipeline random(Random random) {
        List<Object> operations = new ArrayList<>();
        Object gravity = random.nextBoolean() ? "bottom-left" : Map.of("x", random.nextDouble(), "y", 0.25);
        List<Map<String, Object>> possible = List.of(
                op("resize", "width", 1 + random.nextInt(5000), "fit", "cover", "gravity", gravity),
                op("resize", "height", 1 + random.nextInt(5000), "background", "transparent"),
                op("crop", "left", random.nextInt(50), "top", 0, "width", 3, "height", 4),
                op("crop", "width", 3, "height", 4, "gravity", gravity),
                op("smartcrop", "width", 3, "height", 4),
                op("trim", "tolerance", random.nextInt(256)),
                op("rotate", "degrees", random.nextDouble(360), "background", "#80ff0000"),
                op("flip", "direction", random.nextBoolean() ? "vertical" : "both"),
                op("pad", "right", random.nextInt(9)),
                op("blur", "sigma", 0.3 + random.nextDouble()),
                op("sharpen", "sigma", 1, "amount", random.nextDouble()),
                op("grayscale"),
                op("flatten", "background", "silver"),
                op("watermark", "text", "© \"ö\"\n\\" + random.nextInt(), "tiled", true, "gravity", gravity),
                op("watermark", "imageId", "0123456789abcdefghjkmnpqrs", "scale", random.nextDouble(0.01, 1)),
                op("removebackground"),
                op("removebackground", "method", "model"),
                op("format", "type", "webp", "quality", 1 + random.nextInt(100)),
                op("compress", "targetSsim", 0.9, "maxWidth", 400, "profile", "smallest", "minSavings", 5));
        for (int i = random.nextInt(12); i >= 0; i--) {
            operations.add(possible.get(random.nextInt(possible.size())));
        }
        return read(operations.toArray());
    }
}
