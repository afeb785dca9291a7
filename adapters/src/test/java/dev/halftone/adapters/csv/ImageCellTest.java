package dev.halftone.adapters.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.source.SourceReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a/1,http://a/2",
                "http://a/1;http://a/2",
                "http://a/1|http://a/2",
                "http://a/1 http://a/2",
                "http://a/1,\nhttp://a/2",
                "http://a/1\r\nhttp://a/2\r\n",
                " http://a/1 ,\thttp://a/2 , ",
                ",;http://a/1;;, |http://a/2,,",
                "http://a/1,\u00a0http://a/2",
            })
    void splitsAtEverySeparator(String cell) {
        assertThat(split(cell)).containsExactly("http://a/1", "http://a/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a/w_300,h_200,c_fill/x.jpg",
                "https://a/x.jpg?sig=a,b;c|d",
                "http://proxy/?url=http://a/x.jpg",
                "http://a/a b.jpg",
                "not a url, nor this",
            })
    void keepsTogetherWhatIsOneAddress(String cell) {
        assertThat(split(cell)).containsExactly(cell);
    }

    @Test
    void anySchemeCaseStartsAnAddress() {
        assertThat(split("HTTP://a/1,HttpS://a/2")).containsExactly("HTTP://a/1", "HttpS://a/2");
    }

    @Test
    void textBeforeTheFirstAddressIsAPartOfItsOwn() {
        assertThat(split("see http://a/1")).containsExactly("see", "http://a/1");
    }

    @Test
    void aBlankCellHoldsNothing() {
        assertThat(split(" ,; \n")).isEmpty();
    }

    @Test
    void takesTimeInProportionToTheCell() {
        assertThat(split(",".repeat(1_000_000) + "x")).containsExactly("x");
        assertThat(split("http://a,".repeat(100_000))).hasSize(100_000);
        assertThat(ImageCell.withoutPasswords("http://u:p@a,".repeat(100_000), SourceReader.REMOTE))
                .doesNotContain("u:p");
        assertThat(ImageCell.withoutPasswords("a".repeat(1_000_000) + "@", SourceReader.REMOTE))
                .hasSize(1_000_001);
    }

    private static List<String> split(String cell) {
        return ImageCell.split(cell, SourceReader.REMOTE);
    }
}
