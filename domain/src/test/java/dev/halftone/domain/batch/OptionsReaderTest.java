package dev.halftone.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OptionsReaderTest {

    private static BatchOptions good(Map<String, String> texts) {
        return ((OptionsReader.Result.Good) OptionsReader.read(texts)).options();
    }

    private static List<OptionsReader.OptionProblem> bad(Map<String, String> texts) {
        return ((OptionsReader.Result.Bad) OptionsReader.read(texts)).problems();
    }

    @Test
    void hasADefaultForEveryOption() {
        assertThat(good(Map.of())).isEqualTo(BatchOptions.DEFAULT);
        assertThat(good(Map.of("quality", " ", "webhookUrl", ""))).isEqualTo(BatchOptions.DEFAULT);
    }

    @Test
    void readsEveryOption() {
        BatchOptions options = good(Map.of(
                "quality", "70",
                "format", "webp",
                "maxWidth", "1600",
                "maxHeight", "1200",
                "metadata", "copyright",
                "minSavings", "10",
                "onInvalidRows", "skip",
                "webhookUrl", "https://shop.example/hook",
                "name", "Spring",
                "dryRun", "true"));

        assertThat(options.compression())
                .isEqualTo(new Compression(
                        new CompressionTarget.ToQuality(new Quality(70)),
                        TargetFormat.WEBP,
                        OptionalInt.of(1600),
                        OptionalInt.of(1200),
                        MetadataPolicy.COPYRIGHT,
                        10));
        assertThat(options.onInvalidRows()).isEqualTo(InvalidRows.SKIP);
        assertThat(options.webhook())
                .hasValueSatisfying(url -> assertThat(url.host()).isEqualTo("shop.example"));
        assertThat(options.name()).contains("Spring");
        assertThat(options.dryRun()).isTrue();
    }

    @Test
    void namesAnOptionThatDoesNotExist() {
        assertThat(bad(Map.of("qualty", "70"))).singleElement().satisfies(problem -> {
            assertThat(problem.option()).isEqualTo("qualty");
            assertThat(problem.message()).contains("quality");
        });
    }

    @Test
    void listsEveryMistake() {
        assertThat(bad(Map.of(
                        "quality", "101", "format", "tiff", "maxWidth", "0", "webhookUrl", "ftp://x/", "dryRun", "ja")))
                .extracting(OptionsReader.OptionProblem::option)
                .containsExactlyInAnyOrder("quality", "format", "maxWidth", "webhookUrl", "dryRun");
    }

    @Test
    void saysWhatWasExpectedAndFound() {
        assertThat(bad(Map.of("quality", "eleven")))
                .singleElement()
                .extracting(OptionsReader.OptionProblem::message)
                .isEqualTo("is a whole number from 1 to 100, not \"eleven\"");
    }
}
