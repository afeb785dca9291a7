package dev.halftone.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublicIdTest {

    @Test
    void carriesAll128Bits() {
        Set<String> ids = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            ids.add(PublicId.random(random).value());
        }

        assertThat(ids).hasSize(10_000).allMatch(id -> id.matches("[0-7][0-9a-hjkmnp-tv-z]{25}"));
        for (int place = 1; place < 26; place++) {
            int at = place;
            assertThat(ids.stream().map(id -> id.charAt(at)).distinct()).hasSize(32);
        }
    }

    @Test
    void readsWhatPeopleType() {
        PublicId id = new PublicId("01234567890abcdefghjkmnpq1");

        assertThat(PublicId.parse("O1234567890ABCDEFGHJKMNPQI".toUpperCase(Locale.ROOT)))
                .contains(id);
        assertThat(PublicId.parse("short")).isEmpty();
        assertThat(PublicId.parse("../../../../etc/passwd0000")).isEmpty();
    }

    @Test
    void refusesOtherForms() {
        assertThatThrownBy(() -> new PublicId("81234567890abcdefghjkmnpqr"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
