package dev.halftone.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.Quality;
import dev.halftone.domain.pipeline.Compression;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.MetadataPolicy;
import dev.halftone.domain.pipeline.TargetFormat;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
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
                        100),
                InvalidRows.SKIP,
                Optional.of(new SourceUrl(URI.create("https://hooks.example/a?b=c"))),
                Optional.of("a name"),
                true);

        assertThat(OptionsReader.read(options.texts())).isEqualTo(new OptionsReader.Result.Good(options));
        assertThat(OptionsReader.read(BatchOptions.DEFAULT.texts()))
                .isEqualTo(new OptionsReader.Result.Good(BatchOptions.DEFAULT));
        assertThat(OptionsReader.NAMES).containsAll(options.texts().keySet());
    }
}
