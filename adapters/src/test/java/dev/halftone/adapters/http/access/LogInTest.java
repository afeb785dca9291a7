package dev.halftone.adapters.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogInTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/batches", "/batches/0abc?status=failed&cursor=3", "/images/x/try?txt=a%2F%2Fb"})
    void leadsBackToAPathOfThisService(String next) {
        assertThat(LogIn.back(Optional.of(next))).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "batches",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "/\n/evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=y",
                "/ü"
            })
    void leadsNobodyElsewhere(String next) {
        assertThat(LogIn.back(Optional.of(next))).isEqualTo("/");
    }
}
