package dev.halftone.adapters.imaging.onnx;

import static dev.halftone.adapters.imaging.onnx.OnnxFile.FLOAT;
import static dev.halftone.adapters.imaging.onnx.OnnxFile.INT64;
import static dev.halftone.adapters.imaging.onnx.OnnxFile.attribute;
import static dev.halftone.adapters.imaging.onnx.OnnxFile.constant;
import static dev.halftone.adapters.imaging.onnx.OnnxFile.input;
import static dev.halftone.adapters.imaging.onnx.OnnxFile.node;
import static dev.halftone.adapters.imaging.onnx.OnnxFile.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.container.ContainerOriginalKeeper;
import dev.halftone.adapters.imaging.container.PngFile;
import dev.halftone.adapters.imaging.pixel.Deadline;
import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.adapters.imaging.png.PngDecoder;
import dev.halftone.adapters.imaging.steps.Matting;
import dev.halftone.adapters.imaging.vips.EngineChoice;
import dev.halftone.adapters.imaging.vips.VipsEngine;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Fit;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Pipeline;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.pipeline.TargetFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With the real ONNX Runtime, on models that the tests write. They take dark pixels for the foreground.
class OnnxMattingTest {
    private static final byte[] CHANNELS = attribute("axes", new long[] {1});

    @TempDir
    Path folder;

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(2));
    }

    private Path file(List<byte[]> parts) throws IOException {
        return Files.write(folder.resolve("model.onnx"), OnnxFile.model(parts));
    }

    private OnnxMatting opened(InputScale scale, List<byte[]> parts) throws IOException {
        return OnnxMatting.open(file(parts), scale);
    }

    private void assertRefused(String reason, List<byte[]> parts) throws IOException {
        Path file = file(parts);
        assertThatThrownBy(() -> OnnxMatting.open(file, InputScale.UNIT))
                .isInstanceOf(ModelUnusable.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    /// `30 * (0.5 - mean)`, and then what `last` says.
    private static List<byte[]> dark(long height, long width, String last) {
        return List.of(
                input("picture", FLOAT, 1, 3, height, width),
                constant("half", 0.5f),
                constant("steep", 30f),
                node("ReduceMean", List.of("picture"), List.of("mean"), CHANNELS),
                node("Sub", List.of("half", "mean"), List.of("darkness")),
                node("Mul", List.of("darkness", "steep"), List.of("logit")),
                node(last, List.of("logit"), List.of("matte")),
                output("matte", FLOAT, 1, 1, height, width));
    }

    /// Grey in the upper half, black in the lower left, white in the lower right.
    private static Picture.Colour thirds(int side) {
        int[] argb = new int[side * side];
        for (int at = 0; at < argb.length; at++) {
            boolean upper = at / side < side / 2;
            argb[at] = upper ? 0xffc0c0c0 : at % side < side / 2 ? 0xff000000 : 0xffffffff;
        }
        return new Picture.Colour(side, side, argb, true);
    }

    private static int at(Picture.Grey matte, double x, double y) {
        return matte.samples()[(int) (y * matte.height()) * matte.width() + (int) (x * matte.width())] & 255;
    }

    @Test
    void tellsForegroundFromBackground() throws IOException {
        try (OnnxMatting matting = opened(InputScale.UNIT, dark(64, 96, "Sigmoid"))) {
            Picture.Grey matte = matting.matte(thirds(40), soon());

            assertThat(List.of(matte.width(), matte.height())).containsExactly(96, 64);
            assertThat(at(matte, 0.25, 0.75)).isEqualTo(255);
            assertThat(at(matte, 0.75, 0.75)).isZero();
            assertThat(at(matte, 0.5, 0.25)).isZero();
        }
    }

    @Test
    void takesOpenSidesFor320() throws IOException {
        try (OnnxMatting matting = opened(InputScale.UNIT, dark(-1, -1, "Sigmoid"))) {
            assertThat(matting.report()).contains("320x320");
            assertThat(matting.matte(thirds(40), soon()).width()).isEqualTo(320);
        }
    }

    @Test
    void takesNegativeValuesForLogits() throws IOException {
        try (OnnxMatting matting = opened(InputScale.UNIT, dark(32, 32, "Identity"))) {
            Picture.Grey matte = matting.matte(thirds(40), soon());

            assertThat(at(matte, 0.25, 0.75)).isEqualTo(255);
            assertThat(at(matte, 0.75, 0.75)).isZero();

            int[] half = new int[64];
            Arrays.fill(half, 0, 32, 0xff787878);
            Arrays.fill(half, 32, 64, 0xffffffff);
            Picture.Grey mild = matting.matte(new Picture.Colour(8, 8, half, true), soon());

            // 30 * (0.5 - 0x78 / 255)
            assertThat((double) at(mild, 0.5, 0.1)).isEqualTo(255 / (1 + Math.exp(-0.8824)), within(1.0));
        }
    }

    @Test
    void takesTheLargestValueForAllWhereNoneIsNegative() throws IOException {
        try (OnnxMatting matting = opened(InputScale.UNIT, dark(32, 32, "Relu"))) {
            assertThat(at(matting.matte(thirds(40), soon()), 0.25, 0.75)).isEqualTo(255);
        }
    }

    /// Of a pixel with red 1, green and blue 128/255: by hand.
    @ParameterizedTest
    @CsvSource({"IMAGENET, 0.9602", "HALF, 0.1680", "SYMMETRIC, 0.3359", "UNIT, 0.6680"})
    void givesSamplesInTheScaleThatWasChosen(InputScale scale, double mean) throws IOException {
        Picture.Colour pink = new Picture.Colour(4, 4, new int[16], true);
        Arrays.fill(pink.argb(), 0xffff8080);
        List<byte[]> parts = List.of(
                input("picture", FLOAT, 1, 3, 8, 8),
                node("ReduceMean", List.of("picture"), List.of("mean"), CHANNELS),
                node("Sigmoid", List.of("mean"), List.of("matte")),
                output("matte", FLOAT, 1, 1, 8, 8));
        try (OnnxMatting matting = opened(scale, parts)) {
            double expected = 255 / (1 + Math.exp(-mean));

            assertThat((double) at(matting.matte(pink, soon()), 0.5, 0.5)).isEqualTo(expected, within(0.6));
        }
    }

    /// The model tells which of the three planes is the brightest, as 0, 1 or 2.
    @Test
    void givesRedThenGreenThenBlue() throws IOException {
        int[] colours = {0xffff0000, 0xff00ff00, 0xff0000ff};
        Picture.Colour flag = new Picture.Colour(3, 1, colours, true);
        List<byte[]> parts = List.of(
                input("picture", FLOAT, 1, 3, 12, 12),
                node("ArgMax", List.of("picture"), List.of("plane"), attribute("axis", 1), attribute("keepdims", 1)),
                node("Cast", List.of("plane"), List.of("matte"), attribute("to", FLOAT)),
                output("matte", FLOAT, 1, 1, 12, 12));
        try (OnnxMatting matting = opened(InputScale.UNIT, parts)) {
            Picture.Grey matte = matting.matte(flag, soon());

            assertThat(List.of(at(matte, 0.1, 0.5), at(matte, 0.5, 0.5), at(matte, 0.9, 0.5)))
                    .containsExactly(0, 128, 255);
        }
    }

    @Test
    void seesWhatIsClearOnWhite() throws IOException {
        try (OnnxMatting matting = opened(InputScale.UNIT, dark(16, 16, "Sigmoid"))) {
            Picture.Colour clear = new Picture.Colour(9, 9, new int[81], false);

            assertThat(at(matting.matte(clear, soon()), 0.5, 0.5)).isZero();
        }
    }

    // --- models that can't be used

    @Test
    void refusesWhatIsNoModel() throws IOException {
        Path file = Files.writeString(folder.resolve("text.onnx"), "this is no model");

        assertThatThrownBy(() -> OnnxMatting.open(file, InputScale.UNIT))
                .isInstanceOf(ModelUnusable.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("ONNX Runtime says");
        assertThatThrownBy(() -> OnnxMatting.open(folder.resolve("none.onnx"), InputScale.UNIT))
                .isInstanceOf(ModelUnusable.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void refusesAnotherNumberOfChannelsOrInputs() throws IOException {
        assertRefused(
                "FLOAT[1, 4, 8, 8]",
                List.of(
                        input("picture", FLOAT, 1, 4, 8, 8),
                        node("ReduceMean", List.of("picture"), List.of("matte"), CHANNELS),
                        output("matte", FLOAT, 1, 1, 8, 8)));
        assertRefused(
                "INT64[1, 3, 8, 8]",
                List.of(
                        input("picture", INT64, 1, 3, 8, 8),
                        node("Cast", List.of("picture"), List.of("matte"), attribute("to", FLOAT)),
                        output("matte", FLOAT, 1, 3, 8, 8)));
        assertRefused(
                "2 inputs",
                List.of(
                        input("picture", FLOAT, 1, 3, 8, 8),
                        input("other", FLOAT, 1, 3, 8, 8),
                        node("Add", List.of("picture", "other"), List.of("matte")),
                        output("matte", FLOAT, 1, 3, 8, 8)));
    }

    @Test
    void refusesAnOutputThatIsNoMap() throws IOException {
        assertRefused(
                "FLOAT[1, 1, 1, 1]",
                List.of(
                        input("picture", FLOAT, 1, 3, 8, 8),
                        node("ReduceMean", List.of("picture"), List.of("matte")),
                        output("matte", FLOAT, 1, 1, 1, 1)));
        assertRefused(
                "holds NaN",
                List.of(
                        input("picture", FLOAT, 1, 3, 8, 8),
                        node("Sub", List.of("picture", "picture"), List.of("zero")),
                        node("Div", List.of("zero", "zero"), List.of("matte")),
                        output("matte", FLOAT, 1, 3, 8, 8)));
    }

    // --- time and threads

    /// Runs two thousand million times through a loop where the picture has white in it, and not at all on the
    /// grey of the trial.
    private static List<byte[]> endless() {
        byte[] body = OnnxFile.graph(List.of(
                input("i", INT64),
                input("more", OnnxFile.BOOL),
                input("state", FLOAT),
                node("Identity", List.of("more"), List.of("again")),
                node("Sqrt", List.of("state"), List.of("next")),
                output("again", OnnxFile.BOOL),
                output("next", FLOAT)));
        return List.of(
                input("picture", FLOAT, 1, 3, 8, 8),
                constant("threshold", 0.75f),
                constant("many", 8e9f),
                constant("start", 0f),
                constant("yes", true),
                node("ReduceMax", List.of("picture"), List.of("most"), attribute("keepdims", 0)),
                node("Sub", List.of("most", "threshold"), List.of("over")),
                node("Mul", List.of("over", "many"), List.of("rounds")),
                node("Relu", List.of("rounds"), List.of("positive")),
                node("Cast", List.of("positive"), List.of("trips"), attribute("to", INT64)),
                node("Loop", List.of("trips", "yes", "start"), List.of("end"), attribute("body", body)),
                node("ReduceMean", List.of("picture"), List.of("mean"), CHANNELS),
                node("Add", List.of("mean", "end"), List.of("matte")),
                output("matte", FLOAT, 1, 1, 8, 8));
    }

    @Test
    void stopsARunThatTakesTooLongAndGoesOnWithTheNext() throws IOException {
        Picture.Colour black = new Picture.Colour(8, 8, new int[64], true);
        Arrays.fill(black.argb(), 0xff000000);
        try (OnnxMatting matting = opened(InputScale.UNIT, endless())) {
            assertThatThrownBy(() -> matting.matte(thirds(8), Deadline.in(Duration.ofMillis(700))))
                    .isInstanceOfSatisfying(
                            HalftoneException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.PROCESSING_TIMEOUT));
            assertThat(at(matting.matte(black, soon()), 0.5, 0.5)).isZero();
        }
    }

    @Test
    void severalPicturesShareOneSession() throws Exception {
        try (OnnxMatting matting = opened(InputScale.UNIT, dark(64, 64, "Sigmoid"));
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Picture.Grey>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int side = 10 + i;
                all.add(threads.submit(() -> matting.matte(thirds(side), soon())));
            }
            for (Future<Picture.Grey> one : all) {
                assertThat(at(one.get(), 0.2, 0.8)).isEqualTo(255);
                assertThat(at(one.get(), 0.8, 0.8)).isZero();
            }
        }
    }

    /// Later builds for Linux send events to Microsoft unless a variable is set before they load.
    @Test
    void theRuntimeHasNothingInItThatReportsHome() throws IOException {
        String library = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";
        try (InputStream in = OnnxMattingTest.class.getResourceAsStream(library)) {
            assertThat(in).isNotNull();
            String content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(content.contains("ReduceMean")).isTrue();
            assertThat(Stream.of("events.data.microsoft", "OneCollector", "ORT_DISABLE_TELEMETRY")
                            .filter(content::contains))
                    .isEmpty();
        }
    }

    // --- in a pipeline

    /// A black square on a wall that grows lighter, which no flood from the border understands.
    private static byte[] scene() throws IOException {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 300; x++) {
                boolean thing = x >= 100 && x < 200 && y >= 50 && y < 150;
                image.setRGB(x, y, thing ? 0x101010 : 0x010101 * (190 + (x ^ y) % 60));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static EncodedImage run(List<Operation> operations, Matting matting) throws IOException {
        AwtEngine awt = new AwtEngine(matting);
        EngineChain chain = new EngineChain(
                List.of(new VipsEngine("auto", EngineChoice.EVERYTHING, awt, LumaSimilarity::between), awt),
                new ContainerOriginalKeeper(),
                System::nanoTime);
        Compression png = Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());
        return chain.convert(
                        new SourceImage(ImageFormat.PNG, scene()),
                        new Pipeline(operations, png),
                        Map.of(),
                        ImageLimits.DEFAULT)
                .image();
    }

    @Test
    void aPipelineWithAModelGoesToTheEngineThatRunsIt() throws IOException {
        Operation half =
                new Operation.Resize(OptionalInt.of(150), OptionalInt.empty(), Fit.MAX, Gravity.CENTER, Rgba.WHITE);
        try (OnnxMatting matting = opened(InputScale.UNIT, dark(100, 150, "Sigmoid"))) {
            EncodedImage made = run(List.of(half, new Operation.CutOut(), new Operation.Grayscale()), matting);

            Picture.Colour seen =
                    PngDecoder.decode(PngFile.parse(made.bytes()), soon()).asColour();
            assertThat(List.of(seen.width(), seen.height())).containsExactly(150, 100);
            assertThat(seen.argb()[50 * 150 + 75]).isEqualTo(0xff101010);
            assertThat(seen.argb()[50 * 150 + 10] >>> 24).isZero();
            assertThat(seen.argb()[5 * 150 + 75] >>> 24).isZero();
            assertThat(made.notes()).isEmpty();
        }
    }

    @Test
    void aPipelineWithAModelIsRefusedWhereThereIsNone() {
        assertThatThrownBy(() -> run(List.of(new Operation.CutOut()), Matting.NONE))
                .isInstanceOfSatisfying(HalftoneException.class, e -> {
                    assertThat(e.failure().code()).isEqualTo(FailureCode.UNSUPPORTED_OPERATION);
                    assertThat(e.failure().detail()).contains("HALFTONE_BACKGROUND_MODEL", "flood");
                });
    }
}
