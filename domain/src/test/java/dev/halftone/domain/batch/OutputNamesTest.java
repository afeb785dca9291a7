package dev.halftone.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.manifest.Row;
import dev.halftone.domain.source.SourceUrl;
import dev.halftone.domain.storage.ObjectKey;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputNamesTest {
    private static Row row(String serial, String product) {
        return new Row(6, 9, serial, product, false, List.of(new SourceUrl(URI.create("https://a.example/1.jpg"))));
    }

    @ParameterizedTest
    @CsvSource({
        "{sku}/{sku}-{n}.{ext}, Espresso Cup No. 3, espresso-cup-no-3/espresso-cup-no-3-#",
        "{product}-{position}, Café crème, cafe-creme-2",
        "shop/{row}-{serial}, x, shop/7-a-17",
        "{sku}, コーヒー, row-7",
        "{sku}, '../../etc/passwd', etc-passwd",
        "fixed, x, fixed"
    })
    void fillsItsPlaceholders(String template, String product, String stem) {
        assertThat(OutputNames.parse(template).stem(row("A 17", product), 2)).isEqualTo(stem);
    }

    @Test
    void everyStemMakesAnObjectKey() {
        OutputNames names = OutputNames.parse("{sku}{sku}{sku}/{serial}_{row}");
        String stem = names.stem(row("--", "x".repeat(500)), 1);
        assertThat(new ObjectKey("batches/a/" + stem + ".jpg").value()).contains("/row-7_7.jpg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "a//b", ".hidden", "a/../b", "{sku} x", "{ext}/a", "{colour}", "{sku", "a#b", "ä"})
    void refusesWhatIsNoName(String template) {
        assertThatThrownBy(() -> OutputNames.parse(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isReadBackFromItsText() {
        OutputNames names = OutputNames.parse("{sku}/{sku}-{n}.{ext}");
        assertThat(OutputNames.parse(names.wire())).isEqualTo(names);
        assertThat(OutputNames.parse("{sku}/{sku}-{n}")).isEqualTo(names);
    }
}
