package dev.halftone.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.Profile;
import dev.halftone.domain.pipeline.TargetFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        BatchOptions options = good(Map.ofEntries(
                Map.entry("quality", "70"),
                Map.entry("format", "webp"),
                Map.entry("maxWidth", "1600"),
                Map.entry("maxHeight", "1200"),
                Map.entry("metadata", "copyright"),
                Map.entry("minSavings", "10"),
                Map.entry("profile", "smallest"),
                Map.entry("effort", "best"),
                Map.entry("progressive", "true"),
                Map.entry("onInvalidRows", "skip"),
                Map.entry("webhookUrl", "https://shop.example/hook"),
                Map.entry("name", "Spring"),
                Map.entry("dryRun", "true")));

        assertThat(options.compression())
                .isEqualTo(new Compression(
                        new CompressionTarget.ToQuality(new Quality(70)),
                        TargetFormat.WEBP,
                        OptionalInt.of(1600),
                        OptionalInt.of(1200),
                        MetadataPolicy.COPYRIGHT,
                        10,
                        new Encoding(Profile.SMALLEST, Effort.BEST, true)));
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
                .isEqualTo("is lossless or a whole number from 1 to 100, not \"eleven\"");
    }

    @ParameterizedTest
    @CsvSource({
        "quality, lossless",
        "quality, 1",
        "targetRatio, 0.5",
        "targetRatio, 1",
        "targetRatio, .25",
        "targetBytes, 20000",
        "targetSsim, 0.95"
    })
    void readsEveryTarget(String name, String text) {
        CompressionTarget expected = switch (name) {
            case "targetRatio" -> new CompressionTarget.ToRatio(Double.parseDouble(text));
            case "targetBytes" -> new CompressionTarget.ToBytes(Long.parseLong(text));
            case "targetSsim" -> new CompressionTarget.ToSsim(Double.parseDouble(text));
            default ->
                text.equals("lossless")
                        ? new CompressionTarget.Lossless()
                        : new CompressionTarget.ToQuality(new Quality(Integer.parseInt(text)));
        };

        assertThat(good(Map.of(name, text)).compression()).isEqualTo(Compression.DEFAULT.withTarget(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "targetRatio, 0",
        "targetRatio, 1.01",
        "targetRatio, '0,5'",
        "targetRatio, 50%",
        "targetRatio, -0.5",
        "targetRatio, 1e-3",
        "targetRatio, NaN",
        "targetRatio, 0x1p-1",
        "targetRatio, .",
        "targetRatio, 1.",
        "targetBytes, 0",
        "targetBytes, 20 kB",
        "targetBytes, 9999999999",
        "targetBytes, 0.5",
        "targetSsim, 0.5",
        "targetSsim, 1",
        "targetSsim, 1.5",
        "targetSsim, 95",
        "quality, Lossless",
        "profile, small",
        "effort, 9",
        "progressive, yes"
    })
    void refusesATargetOutOfRange(String name, String text) {
        assertThat(bad(Map.of(name, text))).singleElement().satisfies(problem -> {
            assertThat(problem.option()).isEqualTo(name);
            assertThat(problem.message()).contains(", not \"" + text + "\"");
        });
    }

    @Test
    void takesOneTargetOnly() {
        assertThat(bad(Map.of("quality", "50", "targetBytes", "20000")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.option()).isEqualTo("targetBytes");
                    assertThat(problem.message()).contains("quality");
                });
        assertThat(bad(Map.of("targetRatio", "0.5", "targetBytes", "1", "targetSsim", "0.9")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.option()).isEqualTo("targetSsim");
                    assertThat(problem.message()).contains("targetRatio", "targetBytes");
                });
        assertThat(good(Map.of("quality", "", "targetBytes", "20000"))
                        .compression()
                        .target())
                .isEqualTo(new CompressionTarget.ToBytes(20_000));
    }
}
