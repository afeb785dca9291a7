package dev.halftone.adapters.outbound.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.halftone.domain.failure.Failure;
import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import dev.halftone.domain.source.Downloader;
import dev.halftone.domain.source.SourceUrl;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileDownloaderTest {
    private static final ImageLimits LIMITS = ImageLimits.DEFAULT.withMaxBytes(10);

    private final LocalFileDownloader files = new LocalFileDownloader();

    @TempDir
    private Path folder;

    @Test
    void readsAFileWhateverItsName() throws Exception {
        Path file = Files.write(folder.resolve("ä b%20#?.jpg"), new byte[10]);
        assertThat(files.fetch(SourceUrl.ofFile(file), LIMITS)).hasSize(10);
    }

    @Test
    void refusesAFileOverTheLimit() throws Exception {
        Path file = Files.write(folder.resolve("big.jpg"), new byte[11]);
        assertThat(failureOf(SourceUrl.ofFile(file)).code()).isEqualTo(FailureCode.TOO_LARGE);
    }

    @Test
    void stopsAtTheLimitOfAFileThatHasNoSize() {
        assertThat(failureOf(SourceUrl.ofFile(Path.of("/proc/self/maps"))).code())
                .isEqualTo(FailureCode.TOO_LARGE);
    }

    @Test
    void saysWhatIsWrongWithAPath() {
        assertThat(failureOf(SourceUrl.ofFile(folder)))
                .isEqualTo(Failure.of(FailureCode.INVALID_URL, "the path is a folder, not a file"));
        assertThat(failureOf(SourceUrl.ofFile(folder.resolve("none.jpg"))))
                .isEqualTo(Failure.of(FailureCode.INVALID_URL, "there is no such file"));
        assertThat(failureOf(SourceUrl.ofFile(Path.of("/dev/zero"))))
                .isEqualTo(Failure.of(FailureCode.INVALID_URL, "the path is not a regular file"));
        assertThat(failureOf(new SourceUrl(URI.create("file://other-host/a.jpg")))
                        .code())
                .isEqualTo(FailureCode.INVALID_URL);
        assertThat(failureOf(new SourceUrl(URI.create("http://a.example/a.jpg")))
                        .code())
                .isEqualTo(FailureCode.INVALID_URL);
    }

    @Test
    void servesBesideARemoteDownloader() throws Exception {
        List<SourceUrl> asked = new ArrayList<>();
        Downloader remote = (url, limits) -> {
            asked.add(url);
            return new byte[3];
        };
        Downloader both = new SchemeDownloader(files, remote);
        SourceUrl far = new SourceUrl(URI.create("http://a.example/a.jpg"));
        Path file = Files.write(folder.resolve("a.jpg"), new byte[5]);
        assertThat(both.fetch(far, LIMITS)).hasSize(3);
        assertThat(both.fetch(SourceUrl.ofFile(file), LIMITS)).hasSize(5);
        assertThat(asked).containsExactly(far);
    }

    private Failure failureOf(SourceUrl url) {
        return catchThrowableOfType(HalftoneException.class, () -> files.fetch(url, LIMITS))
                .failure();
    }
}
