package dev.halftone.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.batch.BatchOptions;
import dev.halftone.domain.pipeline.CompressionTarget;
import dev.halftone.domain.pipeline.Effort;
import dev.halftone.domain.pipeline.Encoding;
import dev.halftone.domain.pipeline.Profile;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CompressionFlagsTest {

    private static BatchOptions read(String... arguments) {
        CompressionFlags flags = new CompressionFlags();
        CommandLine.populateCommand(flags, arguments);
        return flags.options();
    }

    @Test
    void readsTargetsAndEncoding() {
        assertThat(read()).isEqualTo(BatchOptions.DEFAULT);
        assertThat(read("--quality", "lossless").compression().target()).isEqualTo(new CompressionTarget.Lossless());
        assertThat(read("--target-ratio", "0.4").compression().target()).isEqualTo(new CompressionTarget.ToRatio(0.4));
        assertThat(read("--target-bytes", "90000").compression().target())
                .isEqualTo(new CompressionTarget.ToBytes(90_000));
        assertThat(read("--target-ssim", "0.97").compression().target()).isEqualTo(new CompressionTarget.ToSsim(0.97));
        assertThat(read("--profile", "smallest", "--effort", "best", "--progressive")
                        .compression()
                        .encoding())
                .isEqualTo(new Encoding(Profile.SMALLEST, Effort.BEST, true));
    }

    @Test
    void namesFlagsInItsMistakes() {
        assertThatThrownBy(() -> read("--quality", "50", "--target-bytes", "90000"))
                .isInstanceOf(CommandRefused.class)
                .hasMessageContaining("--target-bytes excludes --quality");
        assertThatThrownBy(() -> read("--target-ratio", "2", "--profile", "tiny"))
                .isInstanceOf(CommandRefused.class)
                .hasMessageContaining("--target-ratio is a number")
                .hasMessageContaining("--profile is one of standard or smallest");
    }
}
