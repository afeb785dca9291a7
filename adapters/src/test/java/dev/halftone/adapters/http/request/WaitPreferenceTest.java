package dev.halftone.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"wait=5|5", "respond-async, wait=10|10", "Wait = 7|7", "wait=600|30", "wait=\"3\"|3", "wait=0|0"})
    void readsHowLongAClientLikesToWait(String header, int seconds) {
        assertThat(WaitPreference.of(header)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "wait", "wait=x", "wait=-1", "await=5", "wait=5x", "wait=9999999999"})
    void passesOverAnythingElse(String header) {
        assertThat(WaitPreference.of(header)).isEmpty();
    }
}
