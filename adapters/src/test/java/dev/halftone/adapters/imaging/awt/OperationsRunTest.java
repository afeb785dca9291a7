package dev.halftone.adapters.imaging.awt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.Seen;
import dev.halftone.adapters.imaging.TestImages;
import dev.halftone.adapters.imaging.corpus.Corpus;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What the engine does around the operations themselves.
class OperationsRunTest {
    private static final Compression EXACT =
            Compression.DEFAULT.withFormat(TargetFormat.PNG).withTarget(new CompressionTarget.Lossless());
    private static final Operation NOTHING = new Operation.Flip(false, false);

    private static EngineResult result(byte[] source, Compression output, Operation... operations) {
        return new AwtEngine()
                .run(
                        new SourceImage(ImageFormat.sniff(source).orElseThrow(), source),
                        new Pipeline(List.of(operations), output),
                        Map.of(),
                        ImageLimits.DEFAULT);
    }

    private static Seen seen(byte[] source, Operation... operations) {
        return Seen.of(result(source, EXACT, operations));
    }

    private static Operation resize(int width, int height) {
        return new Operation.Resize(
                OptionalInt.of(width), OptionalInt.of(height), Fit.CROP, Gravity.CENTER, Rgba.WHITE);
    }

    @Test
    void aPictureMadeSmallerLooksTheSameHoweverMuchWasDecoded() {
        byte[] jpeg = TestImages.jpeg(TestImages.quarters(803, 605), 0.9f);
        // The flip keeps the decoder from making it smaller.
        for (int[] size : new int[][] {{390, 300}, {120, 120}, {50, 90}}) {
            Seen whole = seen(jpeg, NOTHING, resize(size[0], size[1]));
            Seen scaled = seen(jpeg, resize(size[0], size[1]));
            assertThat(scaled.distance(whole)).isLessThan(1.5);
            Operation smart = new Operation.SmartCrop(new PixelSize(size[0], size[1]));
            assertThat(seen(jpeg, smart).distance(seen(jpeg, NOTHING, smart))).isLessThan(4);
        }
    }

    @Test
    void coloursComeOutInSrgb() {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 30; i++) {
            image.setRGB(i % 40, i / 40, 0xff808080);
        }
        byte[] linear =
                TestImages.withChunks(TestImages.written(image, "png"), TestImages.iccpChunk(EngineProbe.LINEAR));
        seen(linear, NOTHING).shows(20, 15, 0xffbcbcbc, 3);
        assertThat(TestImages.contains(
                        Seen.of(result(linear, EXACT, NOTHING)).made().bytes(), "iCCP"))
                .isFalse();
    }

    @Test
    void aGreyPictureStaysGrey() {
        BufferedImage ramp = TestImages.greyRamp(64, 32);
        Seen made = seen(TestImages.written(ramp, "png"), new Operation.Flip(true, false));
        assertThat(made.image().getColorModel().getNumColorComponents()).isEqualTo(1);
        assertThat(made.at(63, 3) & 255).isEqualTo(40);
    }

    @Test
    void aResultIsDeliveredThoughItHasTheSourcesSize() {
        EngineResult made = result(TestImages.written(TestImages.quarters(40, 30), "png"), EXACT, NOTHING);
        assertThat(((EngineResult.Encoded) made).resized()).isTrue();
    }

    @Test
    void anAnimatedWebpGivesItsFirstFrameOnItsCanvas() throws IOException {
        assumeTrue(WebpCodec.isAvailable(), "libwebp does not load here");
        BufferedImage frame = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200; i++) {
            frame.setRGB(i % 20, i / 20, 0xff20c040);
        }
        Seen made = seen(animatedWebp(40, 30, 6, 8, TestImages.written(frame, "webp")), NOTHING);
        made.sized("40x30").shows(15, 13, 0xff20c040, 8);
        assertThat(made.alpha(5, 8)).isZero();
        assertThat(made.alpha(6, 8)).isEqualTo(255);
        assertThat(made.alpha(26, 18)).isZero();
        assertThat(made.made().notes()).anyMatch(note -> note.startsWith("animated: "));
    }

    private static byte[] animatedWebp(int width, int height, int left, int top, byte[] still) {
        byte[] picture = Arrays.copyOfRange(still, 12, still.length);
        ByteBuffer frame = ByteBuffer.allocate(16 + picture.length).order(ByteOrder.LITTLE_ENDIAN);
        put24(frame, left / 2);
        put24(frame, top / 2);
        put24(frame, 19);
        put24(frame, 9);
        put24(frame, 100);
        frame.put((byte) 0).put(picture);
        ByteBuffer extended = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        extended.putInt(0x12);
        put24(extended, width - 1);
        put24(extended, height - 1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        chunk(body, "VP8X", extended.array());
        chunk(body, "ANIM", new byte[6]);
        chunk(body, "ANMF", frame.array());
        chunk(body, "ANMF", frame.array());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("RIFF".getBytes(ISO_8859_1));
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4 + body.size())
                .array());
        out.writeBytes("WEBP".getBytes(ISO_8859_1));
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static void put24(ByteBuffer out, int value) {
        out.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        out.writeBytes(type.getBytes(ISO_8859_1));
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(data.length)
                .array());
        out.writeBytes(data);
    }

    @Test
    void anUnknownMarkIsTheCallersMistake() {
        Operation mark = new Operation.PictureMark("nobody", Operation.Placement.DEFAULT, 0.5);
        assertThatThrownBy(() -> result(TestImages.written(TestImages.quarters(40, 30), "png"), EXACT, mark))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void aBrokenMarkFailsAsABrokenSourceDoes() {
        byte[] whole = TestImages.jpeg(TestImages.quarters(64, 64), 0.9f);
        byte[] broken = Arrays.copyOf(whole, whole.length / 2);
        Operation mark = new Operation.PictureMark("logo", Operation.Placement.DEFAULT, 0.5);
        SourceImage source = new SourceImage(ImageFormat.PNG, TestImages.written(TestImages.quarters(40, 30), "png"));
        assertThatThrownBy(() -> new AwtEngine()
                        .run(
                                source,
                                new Pipeline(List.of(mark), EXACT),
                                Map.of("logo", new SourceImage(ImageFormat.JPEG, broken)),
                                ImageLimits.DEFAULT))
                .hasMessageStartingWith("corrupt_image");
    }

    /// The header is enough: the broken pixels behind it are not looked at.
    @Test
    void sizesOnTheWayAreCheckedBeforeAnyPixelIsDecoded() {
        byte[] whole = TestImages.jpeg(TestImages.quarters(256, 256), 0.9f);
        byte[] broken = Arrays.copyOf(whole, whole.length / 2);
        broken[broken.length - 2] = (byte) 0xff;
        broken[broken.length - 1] = (byte) 0xd9;
        Operation pad = new Operation.Pad(16_000, 0, 0, 0, Rgba.WHITE);
        Operation wider = new Operation.Pad(0, 16_000, 0, 0, Rgba.WHITE);
        assertThatThrownBy(() -> result(broken, EXACT, NOTHING)).hasMessageStartingWith("corrupt_image");
        assertThatThrownBy(() -> result(broken, EXACT, pad, wider)).hasMessageStartingWith("too_many_pixels");
    }

    @Test
    void transparencyThatAJpegLosesIsSaid() {
        Operation rotate = new Operation.Rotate(20, Rgba.CLEAR);
        byte[] jpeg = TestImages.jpeg(TestImages.quarters(64, 48), 0.9f);
        EngineResult made = result(jpeg, Compression.DEFAULT, rotate);
        assertThat(((EngineResult.Encoded) made).image().format()).isEqualTo(ImageFormat.JPEG);
        assertThat(((EngineResult.Encoded) made).image().notes()).anyMatch(note -> note.contains("white"));
    }

    /// Either a picture or a failure with a code; never anything else, and never the source itself.
    @Test
    void everyFileOfTheCorpusIsOperatedOnOrRefused() throws IOException {
        assumeTrue(Corpus.isPresent(), "the shared corpus is not beside the repository: " + Corpus.FOLDER);
        int made = 0;
        for (Corpus.Entry entry : Corpus.images()) {
            byte[] bytes = entry.bytes();
            if (!entry.path().startsWith("formats/") || ImageFormat.sniff(bytes).isEmpty()) {
                continue;
            }
            try {
                EngineResult result = result(bytes, EXACT, resize(60, 40), new Operation.Blur(2));
                assertThat(result).as(entry.path()).isNotInstanceOf(EngineResult.Keep.class);
                if (result instanceof EngineResult.Encoded encoded) {
                    Seen.of(encoded).sized("60x40");
                    made++;
                }
            } catch (HalftoneException refused) {
                assertThat(refused.failure().code().wire()).as(entry.path()).isNotEqualTo("internal");
            }
        }
        assertThat(made).isGreaterThan(60);
    }
}
