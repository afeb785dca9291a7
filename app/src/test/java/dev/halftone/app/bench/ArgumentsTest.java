package dev.halftone.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static Arguments of(String line) {
        return Arguments.of(line.split(" "));
    }

    @Test
    void readsValuesListsAndFlags() {
        Arguments arguments = of("--bd --images a b --classes 422,444 --rounds 9");

        assertThat(arguments.has("bd")).isTrue();
        assertThat(arguments.has("speed")).isFalse();
        assertThat(arguments.list("images", List.of())).containsExactly("a", "b");
        assertThat(arguments.list("classes", List.of())).containsExactly("422", "444");
        assertThat(arguments.number("rounds", 5)).isEqualTo(9);
        assertThat(arguments.number("quality", 50)).isEqualTo(50);
    }

    @Test
    void refusesWhatIsMisspelt() {
        assertThatThrownBy(() -> of("--round 9").only(Set.of("rounds", "peer")))
                .hasMessage("unknown option --round; known are --peer --rounds");
        assertThatThrownBy(() -> of("rounds 9")).hasMessageContaining("found rounds");
        assertThatThrownBy(() -> of("--rounds many").number("rounds", 5)).hasMessageContaining("found many");
        assertThatThrownBy(() -> of("--peer --bd").text("peer", "")).hasMessage("--peer needs a value");
    }
}
