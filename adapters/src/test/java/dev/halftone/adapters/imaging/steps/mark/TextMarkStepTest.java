package dev.halftone.adapters.imaging.steps.mark;

import static dev.halftone.adapters.imaging.steps.Pictures.DEADLINE;
import static dev.halftone.adapters.imaging.steps.Pictures.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.halftone.adapters.imaging.pixel.Picture;
import dev.halftone.domain.pipeline.Gravity;
import dev.halftone.domain.pipeline.Operation;
import dev.halftone.domain.pipeline.Rgba;
import dev.halftone.domain.process.ChildJvm;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextMarkStepTest {
    private static final int GROUND = 0xff406080;

    private final List<String> notes = new ArrayList<>();

    private Picture.Colour written(String text, double scale) {
        Operation.Placement placement = new Operation.Placement(Gravity.CENTER, 1, 4, false);
        return TextMarkStep.run(
                plain(600, 120, GROUND),
                new Operation.TextMark(text, placement, scale, Rgba.WHITE, false),
                notes::add,
                DEADLINE);
    }

    private static long ink(Picture.Colour picture) {
        return java.util.Arrays.stream(picture.argb())
                .filter(argb -> argb != GROUND)
                .count();
    }

    /// AWT reads the same file, where it can.
    @Test
    void theFontsOutlinesAreThoseThatAwtReads() throws Exception {
        Font awt;
        byte[] bytes;
        try (InputStream in = Objects.requireNonNull(Fonts.class.getResourceAsStream("LiberationSans-Bold.ttf"))) {
            bytes = in.readAllBytes();
            awt = Font.createFont(Font.TRUETYPE_FONT, new java.io.ByteArrayInputStream(bytes))
                    .deriveFont(1000f);
        }
        TrueTypeFont own = new TrueTypeFont(bytes);
        FontRenderContext context = new FontRenderContext(null, true, true);
        String seen = "AgQ%ij&@é¼žΩψЖђש—€ﬁ8";
        for (int character : seen.codePoints().toArray()) {
            var glyphs = awt.createGlyphVector(context, Character.toString(character));
            Rectangle2D expected = glyphs.getOutline().getBounds2D();
            Rectangle2D found = own.outline(own.glyph(character))
                    .createTransformedShape(AffineTransform.getScaleInstance(1000, 1000))
                    .getBounds2D();
            String what = Character.toString(character);
            assertThat(found.getX()).as(what).isCloseTo(expected.getX(), within(2.0));
            assertThat(found.getY()).as(what).isCloseTo(expected.getY(), within(2.0));
            assertThat(found.getWidth()).as(what).isCloseTo(expected.getWidth(), within(4.0));
            assertThat(found.getHeight()).as(what).isCloseTo(expected.getHeight(), within(4.0));
            assertThat(1000 * own.advance(own.glyph(character)))
                    .as(what)
                    .isCloseTo((double) glyphs.getGlyphMetrics(0).getAdvanceX(), within(2.0));
        }
        assertThat(own.glyph('\u65e5')).isZero();
        assertThat(own.glyph(0x1f600)).isZero();
    }

    @Test
    void textFromRightToLeftIsSeenSo() {
        Picture.Colour aleph = written("\u05d0", 0.5);
        assertThat(written("\u05d0\u05dc", 0.5).argb())
                .isEqualTo(written("\u202d\u05dc\u05d0\u202c", 0.5).argb());
        assertThat(written("\u05d0(", 0.5).argb()).isNotEqualTo(aleph.argb());
    }

    /// Hebrew is bundled, Arabic is not.
    @Test
    void fontsChangeWithinATextFromRightToLeft() {
        assumeTrue(Fonts.get().has(0x645), "no font on this machine has Arabic");
        assertThat(written("\u05d0\u0645", 0.5).argb())
                .isEqualTo(written("\u202d\u0645\u05d0\u202c", 0.5).argb());
    }

    @Test
    void accentsMayBeWrittenEitherWay() {
        assertThat(written("e\u0301", 0.5).argb())
                .isEqualTo(written("\u00e9", 0.5).argb());
    }

    @Test
    void aCharacterThatNoFontHasIsABoxAndANote() {
        assertThat(ink(written("\uf8ff", 0.5))).isPositive();
        assertThat(notes).singleElement().asString().contains("U+F8FF");
    }

    @Test
    void aWordWithoutRoomIsMadeSmallerBeforeItIsBroken() {
        written("Donaudampfschifffahrtsgesellschaft", 0.9);
        assertThat(notes).singleElement().asString().contains("no room");
    }

    /// Slim machines have neither fonts nor a font configuration; Java's own fonts throw there.
    @Test
    void aMachineWithoutFontsWritesAllTheSame(@TempDir Path folder) throws IOException, InterruptedException {
        Path configuration = Files.writeString(
                folder.resolve("fonts.conf"),
                "<?xml version=\"1.0\"?><fontconfig><dir>%s/none</dir><cachedir>%<s/cache</cachedir></fontconfig>"
                        .formatted(folder));
        ProcessBuilder java = new ProcessBuilder(ChildJvm.command(
                        List.of("-Djava.awt.headless=true", "-Duser.home=" + folder), Writes.class.getName()))
                .redirectErrorStream(true);
        java.environment().put("FONTCONFIG_FILE", configuration.toString());
        Process process = java.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("wrote ");
    }

    /// The program of that machine.
    static final class Writes {
        public static void main(String[] arguments) {
            TextMarkStepTest test = new TextMarkStepTest();
            long ink = ink(test.written("Halftone Ж", 0.5));
            System.out.println(ink > 500 ? "wrote " + ink : "nothing was written");
        }
    }
}
