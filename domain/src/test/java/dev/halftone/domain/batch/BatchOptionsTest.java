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
import dev.halftone.domain.rendition.Rendition;
import dev.halftone.domain.rendition.RenditionsReader;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchOptionsTest {

    @Test
    void areReadBackFromTheirTexts() {
        BatchOptions options = new BatchOptions(
                new Compression(
                        new CompressionTarget.ToQuality(new Quality(3)),
                        TargetFormat.JPEG,
                        OptionalInt.of(1),
                        OptionalInt.of(16_383),
                        MetadataPolicy.KEEP,
                        100,
                        new Encoding(Profile.SMALLEST, Effort.BEST, true)),
                InvalidRows.SKIP,
                Optional.of(new SourceUrl(URI.create("https://hooks.example/a?b=c"))),
                Optional.of("a name"),
                Optional.of(OutputNames.parse("{sku}/{n}.{ext}")),
                true,
                true,
                true,
                RenditionsReader.read(
                        "main:w=1600;thumb:w=300&fm=webp&txt=a%3Bb", new CompressionTarget.ToQuality(new Quality(3))),
                7,
                Retention.parse("36h"));

        assertThat(OptionsReader.read(options.texts())).isEqualTo(new OptionsReader.Result.Good(options));
        assertThat(OptionsReader.read(BatchOptions.DEFAULT.texts()))
                .isEqualTo(new OptionsReader.Result.Good(BatchOptions.DEFAULT));
        assertThat(OptionsReader.NAMES).containsAll(options.texts().keySet());
    }

    /// What is stored is read back by a later version, bit for bit.
    @Test
    void areReadBackWhateverTheyAre() {
        Random random = new Random(3);
        Set<String> lines = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            BatchOptions options = any(random);

            assertThat(OptionsReader.read(options.texts())).isEqualTo(new OptionsReader.Result.Good(options));
            lines.add(options.canonical());
        }
        assertThat(lines).hasSizeGreaterThan(1_500);
    }

    @Test
    void tellProgressToAWebhookOnly() {
        assertThat(OptionsReader.read(Map.of("webhookProgress", "true")))
                .isEqualTo(new OptionsReader.Result.Bad(List.of(new OptionsReader.OptionProblem(
                        "webhookProgress", "tells a webhook of progress: give its webhookUrl"))));
        assertThat(OptionsReader.read(Map.of("webhookProgress", "true", "webhookUrl", "https://hooks.example/a")))
                .isInstanceOf(OptionsReader.Result.Good.class);
    }

    @Test
    void haveAPriorityFromOneToTen() {
        assertThat(BatchOptions.DEFAULT.priority()).isEqualTo(5);
        for (String outside : List.of("0", "11", "-1", "high", "2.5")) {
            assertThat(OptionsReader.read(Map.of("priority", outside)))
                    .isEqualTo(new OptionsReader.Result.Bad(List.of(new OptionsReader.OptionProblem(
                            "priority", "is a whole number from 1 to 10, not \"" + outside + "\""))));
        }
    }

    private static BatchOptions any(Random random) {
        Compression compression = new Compression(
                target(random),
                of(random, TargetFormat.values()),
                bound(random),
                bound(random),
                of(random, MetadataPolicy.values()),
                random.nextInt(101),
                new Encoding(of(random, Profile.values()), of(random, Effort.values()), random.nextBoolean()));
        return new BatchOptions(
                compression,
                of(random, InvalidRows.values()),
                Optional.empty(),
                random.nextBoolean() ? Optional.of("n" + random.nextInt()) : Optional.empty(),
                random.nextBoolean() ? Optional.of(OutputNames.parse("{sku}-" + random.nextInt(99))) : Optional.empty(),
                random.nextBoolean(),
                random.nextBoolean(),
                false,
                renditions(random, compression.target()),
                1 + random.nextInt(10),
                random.nextBoolean() ? Retention.parse(random.nextInt(3_000) + "d") : Optional.empty());
    }

    private static List<Rendition> renditions(Random random, CompressionTarget target) {
        String width = "w=" + (1 + random.nextInt(2_000));
        return switch (random.nextInt(3)) {
            case 0 -> RenditionsReader.read("thumb: " + width + "&fit=crop&h=20 ; b:" + width + "&q=75", target);
            case 1 -> RenditionsReader.read("full:q=" + (1 + random.nextInt(100)), target);
            default -> List.of();
        };
    }

    private static CompressionTarget target(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new CompressionTarget.ToQuality(new Quality(1 + random.nextInt(100)));
            case 1 -> new CompressionTarget.Lossless();
            case 2 -> new CompressionTarget.ToRatio((1 - random.nextDouble()) * Math.pow(10, -random.nextInt(9)));
            case 3 -> new CompressionTarget.ToBytes(1 + random.nextInt(999_999_999));
            default -> new CompressionTarget.ToSsim(random.nextDouble(Math.nextUp(0.5), 1));
        };
    }

    private static OptionalInt bound(Random random) {
        return random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(16_383)) : OptionalInt.empty();
    }

    private static <T> T of(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
