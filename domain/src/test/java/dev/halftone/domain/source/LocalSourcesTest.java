package dev.halftone.domain.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSourcesTest {
    private static final Path FOLDER = Path.of("products").toAbsolutePath();
    private final LocalSources sources = new LocalSources(FOLDER);

    @Test
    void relativePathsStartInTheFolder() {
        assertThat(url(" images/./a b.jpg ")).isEqualTo(SourceUrl.ofFile(FOLDER.resolve("images/a b.jpg")));
        assertThat(url("../a.jpg")).isEqualTo(SourceUrl.ofFile(FOLDER.resolveSibling("a.jpg")));
    }

    @Test
    void absolutePathsAndFileAddressesStayWhereTheyAre() {
        Path picture = FOLDER.resolveSibling("x y.png");
        assertThat(url(picture.toString())).isEqualTo(SourceUrl.ofFile(picture));
        assertThat(url(picture.toUri().toString())).isEqualTo(SourceUrl.ofFile(picture));
        assertThat(url(picture.toUri().toString().replace("%20", " "))).isEqualTo(SourceUrl.ofFile(picture));
    }

    @Test
    void webAddressesAreReadAsEverywhere() {
        assertThat(url("https://h/a.jpg").toString()).isEqualTo("https://h/a.jpg");
        assertThat(sources.read("http://u:p@h/a.jpg")).isInstanceOf(SourceUrl.Parsed.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "ftp://h/a.jpg", "data:image/png;base64,AA", "file://host/a.jpg", "file:a.jpg", "a\0b"})
    void refusesWhatIsNeither(String written) {
        assertThat(sources.read(written)).isInstanceOf(SourceUrl.Parsed.Invalid.class);
    }

    private SourceUrl url(String written) {
        return ((SourceUrl.Parsed.Valid) sources.read(written)).url();
    }
}
