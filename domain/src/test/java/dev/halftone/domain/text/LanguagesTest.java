package dev.halftone.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {

    @ParameterizedTest
    @ValueSource(strings = {"eng+chi_sim", "eng chi_sim", "eng,chi_sim", " eng+chi_sim+eng "})
    void readsSeveralCodesInTheirOrder(String text) {
        assertThat(Languages.parse(text).orElseThrow().wire()).isEqualTo("eng+chi_sim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "en",
                "ENG",
                "--psm",
                "eng+",
                "eng++deu",
                "../eng",
                "eng/../x",
                "eng;ls",
                "e\u0000ng",
                "aaa+bbb+ccc+ddd+eee+fff+ggg+hhh+iii"
            })
    void takesNothingThatIsNoCode(String text) {
        assertThat(Languages.parse(text)).isEmpty();
    }

    @Test
    void countsACodeThatIsGivenTwiceOnce() {
        assertThat(Languages.parse("eng+eng").orElseThrow().codes()).containsExactly("eng");
    }
}
