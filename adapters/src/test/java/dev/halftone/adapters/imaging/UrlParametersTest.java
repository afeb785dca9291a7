package dev.halftone.adapters.imaging;

import static dev.halftone.adapters.imaging.ImageOperationsContract.BLUE;
import static dev.halftone.adapters.imaging.ImageOperationsContract.GREEN;
import static dev.halftone.adapters.imaging.ImageOperationsContract.RED;
import static dev.halftone.adapters.imaging.ImageOperationsContract.YELLOW;
import static dev.halftone.adapters.imaging.ImageOperationsContract.fill;
import static dev.halftone.adapters.imaging.ImageOperationsContract.halfClear;
import static dev.halftone.adapters.imaging.ImageOperationsContract.plain;
import static dev.halftone.adapters.imaging.ImageOperationsContract.png;
import static dev.halftone.adapters.imaging.ImageOperationsContract.quarters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.awt.AwtEngine;
import dev.halftone.adapters.imaging.awt.LumaSimilarity;
import dev.halftone.adapters.imaging.vips.EngineChoice;
import dev.halftone.adapters.imaging.vips.VipsEngine;
import dev.halftone.domain.engine.EngineChain;
import dev.halftone.domain.engine.EngineResult;
import dev.halftone.domain.image.EncodedImage;
import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.image.PixelSize;
import dev.halftone.domain.image.SourceImage;
import dev.halftone.domain.transform.Parameter;
import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRules;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What each parameter of an address does to the pixels, with the engine that is always there and with libvips
/// before it. The source is 300 by 200: red and green above, blue and yellow below.
@ParameterizedClass
@EnumSource
class UrlParametersTest {
    private static final int MAGENTA = 0xffff00ff;
    private static final String MARK = "0123456789abcdefghjkmnpqrs";

    private static final TransformReader READER = new TransformReader(new TransformRules(
            Presets.parse("small:w=30"), false, Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP)));

    private static final BufferedImage SOURCE = quarters(300, 200);

    private final Engines engines;

    UrlParametersTest(Engines engines) {
        this.engines = engines;
    }

    enum Engines {
        AWT,
        VIPS_BEFORE_AWT;

        EngineChain chain() {
            AwtEngine awt = new AwtEngine();
            List<dev.halftone.domain.engine.ImageEngine> engines = switch (this) {
                case AWT -> List.of(awt);
                case VIPS_BEFORE_AWT ->
                    List.of(new VipsEngine("auto", EngineChoice.EVERYTHING, awt, LumaSimilarity::between), awt);
            };
            return new EngineChain(
                    engines,
                    (source, shown, policy) -> EncodedImage.of(source.format(), source.bytes(), shown),
                    System::nanoTime);
        }
    }

    private EncodedImage made(BufferedImage source, String query) {
        SourceImage image = png(source);
        PixelSize shown = new PixelSize(source.getWidth(), source.getHeight());
        Map<String, SourceImage> marks = Map.of(MARK, png(plain(40, 20, MAGENTA)));
        return engines.chain()
                .convert(image, READER.read(query).over(image.format(), shown), marks, ImageLimits.DEFAULT)
                .image();
    }

    private Seen seen(BufferedImage source, String query) {
        return Seen.of(new EngineResult.Encoded(made(source, query), false));
    }

    private Seen seen(String query) {
        return seen(SOURCE, query);
    }

    private static int colour(String name) {
        return switch (name) {
            case "R" -> RED;
            case "G" -> GREEN;
            case "B" -> BLUE;
            case "Y" -> YELLOW;
            default -> MAGENTA;
        };
    }

    /// Points are read as `x,y=colour`: red, green, blue, yellow, magenta.
    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            w=150                                     > 150x100 > 10,10=R 140,10=G 10,90=B 140,90=Y
            w=0.5                                     > 150x100 > 10,10=R 140,90=Y
            h=100                                     > 150x100 > 10,10=R 140,10=G 10,90=B 140,90=Y
            w=100&h=100&fit=max                       > 100x67  > 5,5=R 95,60=Y
            w=600&h=600&fit=clip                      > 600x400 > 5,5=R 595,395=Y
            w=100&h=100&fit=crop                      > 100x100 > 5,5=R 95,5=G 5,95=B 95,95=Y
            w=400&h=400&fit=min                       > 200x200 > 5,5=R 195,195=Y
            w=300&h=300&fit=fill&bg=f0f               > 300x300 > 150,20=M 5,60=R 295,240=Y 150,280=M
            w=400&h=300&fit=fillmax&bg=f0f            > 400x300 > 20,150=M 60,60=R 340,240=Y
            w=100&h=200&fit=scale                     > 100x200 > 5,5=R 95,5=G 5,195=B 95,195=Y
            w=100&h=200&fit=crop&crop=left            > 100x200 > 95,5=R 95,195=B
            w=100&h=200&fit=crop&crop=right           > 100x200 > 5,5=G 5,195=Y
            w=300&h=90&fit=crop&crop=top              > 300x90  > 5,85=R 295,85=G
            w=300&h=90&fit=crop&crop=bottom,right     > 300x90  > 5,5=B 295,5=Y
            w=100&h=200&fit=crop&crop=focalpoint&fp-x=1            > 100x200 > 5,5=G
            w=100&h=200&fit=crop&crop=focalpoint&fp-x=0            > 100x200 > 95,5=R
            w=300&h=90&fit=crop&crop=focalpoint&fp-y=1             > 300x90  > 5,5=B
            ar=1:1&fit=crop                           > 200x200 > 5,5=R 195,5=G 195,195=Y
            w=100&ar=1:2&fit=crop                     > 100x200 > 5,5=R 95,195=Y
            max-w=150                                 > 150x100 > 5,5=R 145,95=Y
            max-h=50                                  > 75x50   > 5,5=R 70,45=Y
            w=75&dpr=2                                > 150x100 > 5,5=R 145,95=Y
            pad=5&dpr=3&bg=f0f                        > 330x230 > 12,12=M 17,17=R
            rect=150,0,150,100                        > 150x100 > 0,0=G 149,99=G
            rect=0.5,0.5,0.5,0.5                      > 150x100 > 0,0=Y 149,99=Y
            rot=90                                    > 200x300 > 5,5=B 195,5=R 195,295=G 5,295=Y
            rot=45&bg=f0f                             > 354x354 > 3,3=M 350,350=M 177,60=R 290,177=G
            flip=h                                    > 300x200 > 5,5=G 295,195=B
            flip=v                                    > 300x200 > 5,5=B 295,195=G
            flip=hv                                   > 300x200 > 5,5=Y 295,195=R
            pad=10&bg=f0f                             > 320x220 > 5,5=M 15,15=R 315,215=M
            mark=0123456789abcdefghjkmnpqrs           > 300x200 > 285,185=M 220,160=M 205,185=Y 295,185=Y
            mark=0123456789abcdefghjkmnpqrs&mark-align=top,left    > 300x200 > 15,15=M 80,40=M 5,5=R 285,185=Y
            mark=0123456789abcdefghjkmnpqrs&mark-scale=50          > 300x200 > 150,185=M 285,120=M
            mark=0123456789abcdefghjkmnpqrs&mark-pad=0             > 300x200 > 299,199=M 230,170=M
            p=small                                   > 30x20   > 2,2=R 27,17=Y
            """)
    void movesPixelsAsItsNameSays(String query, String size, String points) {
        Seen seen = seen(query + "&fm=png").sized(size);
        for (String point : points.split(" ")) {
            String[] parts = point.split("[,=]");
            seen.shows(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), colour(parts[2]), 6);
        }
    }

    @Test
    void trimTakesEdgesOffWithinItsTolerance() {
        BufferedImage framed = plain(340, 240, 0xffffffff);
        fill(framed, 10, 10, 330, 230, 0xfff8f8f8);
        framed.createGraphics().drawImage(SOURCE, 20, 20, null);

        seen(framed, "trim=auto&fm=png").sized("300x200").shows(0, 0, RED, 6);
        seen(framed, "trim=color&trim-tol=3&fm=png").sized("320x220");
    }

    @Test
    void bgIsSeenWhereThePictureIsClear() {
        seen(halfClear(100, 50), "bg=f0f&fm=png").shows(75, 25, MAGENTA).shows(25, 25, 0xffff0000);
        seen(halfClear(100, 50), "fm=jpg").shows(75, 25, 0xffffffff, 8);
    }

    private static double slope(Seen seen) {
        return Math.abs(Seen.luma(seen.at(148, 50)) - Seen.luma(seen.at(151, 50)));
    }

    @Test
    void blurSoftensAndSharpSteepensAnEdge() {
        double plain = slope(seen("fm=png&w=300"));
        double soft = slope(seen("blur=100&fm=png"));
        double crisp = slope(seen("blur=100&sharp=100&fm=png"));

        assertThat(soft).isLessThan(plain / 4);
        assertThat(crisp).isGreaterThan(soft + 2);
        assertThat(slope(seen("blur=20&fm=png"))).isBetween(soft + 10, plain);
    }

    @Test
    void markAlphaMixes() {
        Seen half = seen("mark=" + MARK + "&mark-alpha=50&fm=png");

        half.shows(285, 185, 0xfff26e93, 4);
        assertThat(seen("mark=" + MARK + "&mark-alpha=0&fm=png").count(argb -> argb == MAGENTA))
                .isZero();
    }

    /// Left, top, right, bottom of what is written; the last two are past the end.
    private int[] ink(String query) {
        BufferedImage ground = plain(300, 200, 0xff204060);
        Seen seen = seen(ground, query + "&txt-shad=0&fm=png");
        int[] box = {300, 200, 0, 0};
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 300; x++) {
                if (seen.red(x, y) > 0x60) {
                    box = new int[] {
                        Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x + 1), Math.max(box[3], y + 1)
                    };
                }
            }
        }
        return box;
    }

    @Test
    void txtIsWrittenWhereAndAsLargeAsItIsTold() {
        int[] usual = ink("txt=Hx&txt-size=0.2");
        int[] upper = ink("txt=Hx&txt-size=0.2&txt-align=top,left");
        int[] inward = ink("txt=Hx&txt-size=0.2&txt-pad=50");
        int[] twice = ink("txt=Hx&txt-size=80");

        assertThat(usual[2]).isBetween(280, 291);
        assertThat(usual[0]).isGreaterThan(200);
        assertThat(usual[3]).isBetween(170, 191);
        assertThat(upper[0]).isBetween(9, 18);
        assertThat(upper[3]).isLessThan(70);
        assertThat(inward[2]).isBetween(240, 251);
        assertThat(twice[3] - twice[1]).isCloseTo(2 * (usual[3] - usual[1]), org.assertj.core.api.Assertions.within(4));
        assertThat(ink("txt=Hx&txt-size=20&dpr=2")[1])
                .isCloseTo(usual[1] - 10, org.assertj.core.api.Assertions.within(3));
        assertThat(ink("txt=Hx&txt-alpha=0")[2]).isZero();
    }

    @Test
    void txtIsWrappedAndKnowsManyScripts() {
        int[] one = ink("txt=one&txt-size=0.1");
        int[] many = ink("txt=one%20line%20that%20is%20much%20too%20long%20for%20the%20picture&txt-size=0.1");

        assertThat(many[3] - many[1]).isGreaterThan(2 * (one[3] - one[1]));
        assertThat(many[0]).isGreaterThanOrEqualTo(9);
        for (String words :
                List.of("%C3%A9%C5%BC", "%CE%A9%CE%BC%CE%AD%CE%B3%CE%B1", "%D0%96%D0%B8%D1%84", "%D7%A9%D7%9C")) {
            assertThat(ink("txt=" + words + "&txt-size=0.3")[2]).as(words).isPositive();
        }
    }

    @Test
    void txtHasItsColourAndItsShadow() {
        BufferedImage white = plain(300, 200, 0xffffffff);
        IntPredicate magenta = argb -> argb == MAGENTA;
        IntPredicate dark = argb -> (argb & 255) < 150;

        assertThat(seen(white, "txt=III&txt-size=0.5&txt-color=f0f&txt-shad=0&fm=png")
                        .count(magenta))
                .isGreaterThan(100);
        assertThat(seen(white, "txt=III&txt-size=0.5&fm=png").count(dark)).isGreaterThan(100);
        assertThat(seen(white, "txt=III&txt-size=0.5&txt-shad=0&fm=png").count(dark))
                .isZero();
        assertThat(seen(white, "txt=III&txt-size=0.5&txt-color=f0f&txt-alpha=50&txt-shad=0&fm=png")
                        .count(argb -> Math.abs((argb >> 8 & 255) - 128) < 4))
                .isGreaterThan(100);
    }

    @Test
    void fmAndQSayHowItIsWritten() {
        assertThat(made(SOURCE, "w=100&fm=jpg").format()).isEqualTo(ImageFormat.JPEG);
        assertThat(made(SOURCE, "w=100&fm=webp").format()).isEqualTo(ImageFormat.WEBP);
        assertThat(made(SOURCE, "w=100").format()).isEqualTo(ImageFormat.PNG);
        BufferedImage photo = TestPictures.photo(300, 200, BufferedImage.TYPE_INT_RGB);
        Seen exact = Seen.of(new EngineResult.Encoded(
                EncodedImage.of(ImageFormat.PNG, png(photo).bytes(), new PixelSize(300, 200)), false));
        double coarse = seen(photo, "fm=jpg&q=5").distance(exact);
        double fine = seen(photo, "fm=jpg&q=95").distance(exact);
        assertThat(coarse).isGreaterThan(2 * fine);
        assertThat(made(photo, "fm=jpg&auto=compress").bytes())
                .isEqualTo(made(photo, "fm=jpg&q=45").bytes());
        assertThat(progressive(made(photo, "fm=pjpg").bytes())).isTrue();
        assertThat(progressive(made(photo, "fm=jpg").bytes())).isFalse();
    }

    /// Whether the frame header is SOF2.
    private static boolean progressive(byte[] jpeg) {
        for (int at = 2; at + 4 < jpeg.length; ) {
            int marker = jpeg[at + 1] & 255;
            if (marker == 0xc0 || marker == 0xc2) {
                return marker == 0xc2;
            }
            at += 2 + ((jpeg[at + 2] & 255) << 8 | jpeg[at + 3] & 255);
        }
        throw new AssertionError("no frame");
    }

    /// A parameter that is added without a test here is told.
    @Test
    void everyParameterIsLookedAt() throws IOException {
        String tests = java.nio.file.Files.readString(java.nio.file.Path.of(
                System.getProperty("halftone.root", "."),
                "adapters/src/test/java/dev/halftone/adapters/imaging/UrlParametersTest.java"));
        Set<String> used = Pattern.compile("[\"&> ]([a-z-]+)=")
                .matcher(tests)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        // These are about the address, not about the picture.
        Set<Parameter> others = EnumSet.of(Parameter.DL, Parameter.EXPIRES, Parameter.S);

        assertThat(Arrays.stream(Parameter.values())
                        .filter(parameter -> !others.contains(parameter))
                        .map(Parameter::wire))
                .allMatch(used::contains);
    }
}
