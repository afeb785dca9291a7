package dev.halftone.domain.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.image.ImageFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
    private static final Presets PRESETS = Presets.parse("thumb: w=300&h=300&fit=crop ; hero:width=1600&q=60;");

    private static TransformReader reader(boolean only) {
        return new TransformReader(
                new TransformRules(PRESETS, only, Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP)));
    }

    @ParameterizedTest
    @CsvSource({
        "p=thumb,fit=crop&h=300&w=300",
        "p=thumb&width=200,fit=crop&h=300&w=200",
        "p=thumb&dpr=2,fit=crop&h=600&w=600",
        "p=hero&q=75,w=1600",
        "p=hero&auto=compress,q=60&w=1600"
    })
    void standForTheirParameters(String written, String canonical) {
        assertThat(reader(false).read(written).canonical()).isEqualTo(canonical);
        assertThat(reader(false).read(written).named()).isTrue();
    }

    @Test
    void namesThePresetsThereAre() {
        assertThatThrownBy(() -> reader(false).read("p=big")).hasMessageContaining("\"big\" (hero, thumb)");
    }

    @Test
    void mayBeAllThatIsServed() {
        assertThat(reader(true).read("p=thumb&dl=a.jpg").canonical()).isEqualTo("fit=crop&h=300&w=300");
        assertThat(reader(true).read("").original()).isTrue();
        assertThatThrownBy(() -> reader(true).read("p=thumb&w=301"))
                .hasMessage("w: only presets are served here: name one with p (hero, thumb)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            thumb                > preset "thumb": expected a name
            :w=3                 > preset "": expected a name
            a b:w=3              > preset "a b": expected a name
            a:w=x                > preset a, w: expected pixels
            a:f=x                > preset a, f: means the fit
            a:p=b                > preset a, p: belongs into the address
            a:s=b                > preset a, s: belongs into the address
            a:w=1;a:w=2          > preset a: is there twice
            """)
    void areRefusedWithTheirName(String written, String message) {
        assertThatThrownBy(() -> Presets.parse(written)).hasMessageStartingWith(message);
    }
}
