package dev.halftone.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "TEXT/CSV",
                "text/csv, */*;q=0.1",
                "application/json;q=0.5, text/csv;q=0.6",
                "text/*",
                "*/*;q=0.9, text/csv",
                "application/json;q=0, */*"
            })
    void givesCsvToWhoeverPrefersIt(String header) {
        assertThat(AcceptHeader.of(header).prefers("text/csv", "application/json"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json",
                "text/csv;q=0.5, application/json",
                "text/csv;q=0",
                "nonsense",
                ";;,,//",
                "text/csv;q=0.2, */*"
            })
    void givesJsonToEveryoneElse(String header) {
        assertThat(AcceptHeader.of(header).prefers("text/csv", "application/json"))
                .isFalse();
    }

    @Test
    void looksAtABoundedNumberOfRanges() {
        assertThat(AcceptHeader.of("a/b;q=0.1,".repeat(5_000)).ranges()).hasSize(32);
    }
}
