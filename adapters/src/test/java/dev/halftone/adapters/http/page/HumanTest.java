package dev.halftone.adapters.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.00 kB",
        "12345,12.3 kB",
        "99949,99.9 kB",
        "99950,100 kB",
        "999499,999 kB",
        "999500,1.00 MB",
        "1250000,1.25 MB",
        "7000000000000000,7000 TB"
    })
    void writesBytesWithThreeDigits(long bytes, String written) {
        assertThat(Human.bytes(bytes)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"59,59 s", "60,1 min 0 s", "3599,59 min 59 s", "3600,1 h 0 min", "90061,25 h 1 min"})
    void writesDurations(long seconds, String written) {
        assertThat(Human.duration(Duration.ofSeconds(seconds))).isEqualTo(written);
    }

    @Test
    void countsThings() {
        assertThat(Human.counted(1, "image")).isEqualTo("1 image");
        assertThat(Human.counted(0, "image")).isEqualTo("0 images");
        assertThat(Human.counted(1_234_567, "image")).isEqualTo("1,234,567 images");
    }
}
