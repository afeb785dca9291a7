package dev.halftone.app.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.domain.image.ImageFormat;
import dev.halftone.domain.transform.Presets;
import dev.halftone.domain.transform.SignedLink;
import dev.halftone.domain.transform.TransformQuery;
import dev.halftone.domain.transform.TransformReader;
import dev.halftone.domain.transform.TransformRules;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `halftone sign` as operators use it, judged by what the service checks.
class SignCommandTest {
    private static final String KEY = "a key for tests, of 32 characters";
    private static final String IMAGE = "/images/0123456789abcdefghjkmnpqrs";
    private static final TransformReader READER =
            new TransformReader(new TransformRules(Presets.NONE, false, Set.of(ImageFormat.JPEG)));

    @TempDir
    Path folder;

    private Program.Ended sign(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "sign";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Program.run(folder, Map.of("HALFTONE_SIGNING_KEY", KEY), all);
    }

    private static TransformQuery assertSigned(String path, String query) {
        TransformQuery read = READER.read(query);
        assertThat(new SignedLink(KEY).isSigned(path, query, read)).as(query).isTrue();
        assertThat(new SignedLink("another").isSigned(path, query, read)).isFalse();
        return read;
    }

    @Test
    void signsAPathWithItsQuery() throws Exception {
        Program.Ended ended = sign(IMAGE + "?w=300&h=200");

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out().strip()).startsWith(IMAGE + "?w=300&h=200&s=").doesNotContain("\n");
        assertSigned(IMAGE, ended.out().strip().substring(IMAGE.length() + 1));
    }

    @Test
    void keepsTheHostAndSignsTheOriginalToo() throws Exception {
        Program.Ended ended = sign("https://img.example.com" + IMAGE);

        String signed = ended.out().strip();
        assertThat(signed).startsWith("https://img.example.com" + IMAGE + "?s=");
        assertSigned(IMAGE, signed.substring(signed.indexOf('?') + 1));
    }

    @Test
    void endsALinkWhenItIsTold() throws Exception {
        Instant before = Instant.now();
        Program.Ended ended = sign(IMAGE + "?w=300", "--expires", "24h");

        TransformQuery read = assertSigned(IMAGE, ended.out().strip().substring(IMAGE.length() + 1));
        assertThat(read.expires().orElseThrow())
                .isBetween(before.plusSeconds(86_399), before.plusSeconds(86_400 + 120));
    }

    @Test
    void refusesWhatItCanNotSign() throws Exception {
        Program.Ended noKey = Program.run(folder, Map.of(), "sign", IMAGE);
        assertThat(noKey.status()).isNotZero();
        assertThat(noKey.err()).contains("HALFTONE_SIGNING_KEY");
        Program.Ended noPath = sign("images");
        assertThat(noPath.status()).isNotZero();
        assertThat(noPath.err()).contains("\"images\"");
        Program.Ended noTime = sign(IMAGE, "--expires", "soon");
        assertThat(noTime.status()).isNotZero();
        assertThat(noTime.err()).contains("soon");
        assertThat(noTime.out()).isEmpty();
    }
}
